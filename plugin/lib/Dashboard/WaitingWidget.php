<?php

declare(strict_types=1);

/**
 * Owns the part of Nextcloud's dashboard, and of its apps for phones, that says what waits for a person.
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

namespace OCA\Auzolan\Dashboard;

use OCA\Auzolan\AppInfo\Application;
use OCA\Auzolan\Service\Pairing;
use OCA\Auzolan\Service\Places;
use OCA\Auzolan\Service\Speech;
use OCA\Auzolan\Service\Title;
use OCA\Auzolan\Service\Waiting;
use OCP\Dashboard\IButtonWidget;
use OCP\Dashboard\IConditionalWidget;
use OCP\Dashboard\IIconWidget;
use OCP\Dashboard\IReloadableWidget;
use OCP\Dashboard\Model\WidgetButton;
use OCP\Dashboard\Model\WidgetItem;
use OCP\Dashboard\Model\WidgetItems;
use OCP\IL10N;
use OCP\IUserManager;
use OCP\IUserSession;

final class WaitingWidget implements IReloadableWidget, IIconWidget, IButtonWidget, IConditionalWidget {
	private const RELOAD_SECONDS = 60;
	private const ORDER = 10;

	public function __construct(
		private readonly Waiting $waiting,
		private readonly Pairing $pairing,
		private readonly Places $places,
		private readonly IUserManager $users,
		private readonly IUserSession $session,
		private readonly Speech $speech,
		private readonly IL10N $l10n,
	) {
	}

	public function getId(): string {
		return Application::APP_ID;
	}

	public function getTitle(): string {
		return $this->spoken()->t('Waiting for you');
	}

	public function getOrder(): int {
		return self::ORDER;
	}

	public function getIconClass(): string {
		return 'icon-checkmark';
	}

	public function getIconUrl(): string {
		return $this->places->icon();
	}

	public function getUrl(): ?string {
		return $this->places->home();
	}

	/** Nextcloud draws it from the items. */
	public function load(): void {
	}

	/** Nobody wants a widget of an app that is not connected yet. */
	public function isEnabled(): bool {
		return $this->pairing->configured();
	}

	public function getReloadInterval(): int {
		return self::RELOAD_SECONDS;
	}

	/** @return list<WidgetButton> */
	public function getWidgetButtons(string $userId): array {
		return [new WidgetButton(WidgetButton::TYPE_MORE, $this->places->home(), $this->spoken()->t('Open Auzolan'))];
	}

	public function getItemsV2(string $userId, ?string $since = null, int $limit = 7): WidgetItems {
		$user = $this->users->get($userId);
		$l10n = $user === null ? $this->l10n : $this->speech->of($user);
		$tasks = $user === null || !$this->pairing->configured() ? null : $this->waiting->for($user);
		if ($tasks === null) {
			return new WidgetItems([], $l10n->t('The sync server does not answer now. What waits for you comes back here by itself.'));
		}
		$newer = array_values(array_filter($tasks, static fn (array $task): bool => $since === null || $task['since'] > $since));
		return new WidgetItems(
			array_map(fn (array $task): WidgetItem => $this->item($task, $l10n), array_slice($newer, 0, max(0, $limit))),
			$l10n->t('Nothing waits for you.'),
		);
	}

	/** @param array{kind: string, document: string, title: array<mixed>, by: string, since: string, due: ?string, post: ?string} $task */
	private function item(array $task, IL10N $l10n): WidgetItem {
		$what = match ($task['kind']) {
			'decide' => $l10n->t('Decide'),
			'opinion' => $l10n->t('Give the opinion'),
			'post_review' => $l10n->t('Look at the posts'),
			'post_emergency' => $l10n->t('Look at the post of an emergency'),
			'post_consent' => $l10n->t('Take out what somebody does not agree to any more'),
			'figures' => $l10n->t('Figures are late'),
			'reopened' => $l10n->t('Look again: a list it relies on has changed'),
			'score' => $l10n->t('Score it: your sheet is not handed in'),
			'scored' => $l10n->t('All have handed in: reveal the scores'),
			'tool_review' => $l10n->t('Look at the tool again'),
			'tool_use' => $l10n->t('Say whether your department still uses it'),
			'tools_unwatched' => $l10n->t('Say who looks after the tools'),
			default => $l10n->t('Make the changes'),
		};
		$due = Speech::day($task['due'], $l10n, 'medium');
		$words = match ($task['kind']) {
			'figures' => $l10n->t('They had to be entered by {date}.'),
			'tool_review' => $l10n->t('The evaluation should be looked at again by {date}.'),
			'tool_use' => $l10n->t('To be confirmed by {date}'),
			default => $l10n->t('Answer until {date}'),
		};
		$until = $due === null ? '' : strtr($words, ['{date}' => $due]);
		return new WidgetItem(
			$task['document'] === '' ? $l10n->t('Tools') : Title::in($task['title'], $l10n),
			implode(' · ', array_filter([$what, $task['by'], $until], static fn (string $part): bool => $part !== '')),
			$this->places->of($task['kind'], $task['document'], post: $task['post']),
			$this->places->icon(),
			$task['since'],
		);
	}

	private function spoken(): IL10N {
		$user = $this->session->getUser();
		return $user === null ? $this->l10n : $this->speech->of($user);
	}
}
