<?php

declare(strict_types=1);

/**
 * Owns the words of our notifications, in the language of whoever reads them.
 *
 * They lead to the text and never decide by themselves: nobody approves what they have not opened.
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

namespace OCA\Auzolan\Notification;

use OCA\Auzolan\AppInfo\Application;
use OCA\Auzolan\Service\Places;
use OCA\Auzolan\Service\Speech;
use OCA\Auzolan\Service\Title;
use OCP\IL10N;
use OCP\Notification\IAction;
use OCP\Notification\INotification;
use OCP\Notification\INotifier;
use OCP\Notification\UnknownNotificationException;

final class Notifier implements INotifier {
	public function __construct(
		private readonly Speech $speech,
		private readonly Places $places,
	) {
	}

	public function getID(): string {
		return Application::APP_ID;
	}

	public function getName(): string {
		return 'Auzolan';
	}

	public function prepare(INotification $notification, string $languageCode): INotification {
		if ($notification->getApp() !== Application::APP_ID) {
			throw new UnknownNotificationException();
		}
		$l10n = $this->speech->in($languageCode);
		$kind = $notification->getSubject();
		$about = $notification->getSubjectParameters();
		$role = $this->role((string)($about['role'] ?? ''), $l10n);
		$subject = $this->subject($kind, $role !== null, ($about['due'] ?? null) !== null, $l10n);
		if ($subject === null) {
			throw new UnknownNotificationException();
		}
		$link = $kind === 'digest' ? $this->places->home() : $this->places->of($kind, (string)($about['document'] ?? ''), is_string($about['comment'] ?? null) ? $about['comment'] : null, is_string($about['post'] ?? null) ? $about['post'] : null);
		$objects = [
			'person' => $this->person($about),
			'document' => [
				'type' => 'highlight',
				'id' => (string)($about['document'] ?? ''),
				'name' => Title::in(is_array($about['title'] ?? null) ? $about['title'] : [], $l10n),
				'link' => $link,
			],
			'post' => [
				'type' => 'highlight',
				'id' => (string)($about['post'] ?? ''),
				'name' => (string)($about['postTitle'] ?? '') === '' ? $l10n->t('Post without a title') : (string)$about['postTitle'],
				'link' => $link,
			],
			'role' => ['type' => 'highlight', 'id' => 'role', 'name' => $role ?? ''],
		];
		$named = array_filter($objects, static fn (string $name): bool => str_contains($subject, '{' . $name . '}'), ARRAY_FILTER_USE_KEY);
		$notification->setRichSubject($subject, $named)->setLink($link)->setIcon($this->places->icon());
		$due = Speech::day(is_string($about['due'] ?? null) ? $about['due'] : null, $l10n);
		if ($due !== null) {
			$notification->setParsedMessage(strtr($this->until($kind, $l10n), ['{date}' => $due]));
		}
		$label = $l10n->t('Open');
		return $notification->addParsedAction(
			$notification->createAction()
				->setLabel('open')
				->setParsedLabel($label)
				->setPrimary(true)
				->setLink($link, IAction::TYPE_WEB),
		);
	}

	private function subject(string $kind, bool $asRole, bool $dated, IL10N $l10n): ?string {
		return match ($kind) {
			'decide' => $l10n->t('{person} asks you to decide on {document}'),
			'opinion' => $asRole
				? $l10n->t('{person} asks you for an opinion on {document}: {role}')
				: $l10n->t('{person} asks you for an opinion on {document}'),
			'changes' => $l10n->t('{person} asks for changes in {document}'),
			'approved' => $l10n->t('{person} has approved {document}'),
			'withdrawn' => $l10n->t('{person} has taken {document} out of review'),
			'against' => $l10n->t('{person} is against {document}, which you have approved'),
			'delegated' => $l10n->t('{person} has put the decision on {document} into your hands'),
			'mention' => $l10n->t('{person} has mentioned you in a comment on {document}'),
			'due' => $dated
				? $l10n->t('It waits for you, and the date comes near: {document}')
				: $l10n->t('It still waits for you: {document}'),
			'overdue' => $l10n->t('It waits for you, and the date has passed: {document}'),
			'escalated' => $l10n->t('Still without an answer, long after the date: {document}'),
			'post_review' => $l10n->t('{person} asks you to look at the post {post}'),
			'post_emergency' => $l10n->t('{person} has published {post} in an emergency: look at it within 24 hours'),
			'post_overdue' => $l10n->t('Out for a day in an emergency, and nobody has looked at it: {post}'),
			'post_approved' => $l10n->t('{person} has approved the post {post}'),
			'post_returned' => $l10n->t('{person} has sent the post {post} back'),
			'block' => $l10n->t('A block still waits for a second person: {document}'),
			'figures' => $l10n->t('Figures are late: {document}'),
			'reopened' => $l10n->t('{person} has changed a list that {document} relies on: look at it again'),
			'score' => $l10n->t('{person} asks you to score {document}'),
			'scored' => $l10n->t('All have handed in: reveal the scores of {document}'),
			'tool_review' => $l10n->t('A tool has to be looked at again: {document}'),
			'tool_use' => $l10n->t('Does your department still use it? {document}'),
			'suggestion_declined' => $l10n->t('{person} has answered what you said of {document}: it will not be evaluated, and why'),
			'suggestion_evaluating' => $l10n->t('{person} has begun to evaluate {document}, which you told of'),
			'suggestion_evaluated' => $l10n->t('{document}, which you told of, is evaluated: see what it may be used for'),
			'digest' => $l10n->t('News from your teams: {document}'),
			default => null,
		};
	}

	private function until(string $kind, IL10N $l10n): string {
		return match ($kind) {
			'delegated' => $l10n->t('Until {date}'),
			'overdue', 'escalated' => $l10n->t('The answer was asked for until {date}.'),
			'block' => $l10n->t('It had to be looked at again by {date}.'),
			'figures' => $l10n->t('They had to be entered by {date}.'),
			'tool_review' => $l10n->t('The evaluation should be looked at again by {date}.'),
			'tool_use' => $l10n->t('To be confirmed by {date}'),
			default => $l10n->t('Answer until {date}'),
		};
	}

	/** Whose opinion it is; as on the page. */
	private function role(string $role, IL10N $l10n): ?string {
		return match ($role) {
			'legal' => $l10n->t('Legal services'),
			'it' => $l10n->t('IT and security'),
			'hr' => $l10n->t('Human resources'),
			'language' => $l10n->t('Language review'),
			default => null,
		};
	}

	/**
	 * @param array<mixed> $about
	 * @return array{type: string, id: string, name: string}
	 */
	private function person(array $about): array {
		$id = (string)($about['byId'] ?? '');
		$name = (string)($about['byName'] ?? '');
		return $id === ''
			? ['type' => 'highlight', 'id' => Application::APP_ID, 'name' => 'Auzolan']
			: ['type' => 'user', 'id' => $id, 'name' => $name === '' ? $id : $name];
	}
}
