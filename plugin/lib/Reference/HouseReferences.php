<?php

declare(strict_types=1);

/**
 * Owns what stands under a link of ours in Talk, Text, Mail or Deck, and that one can be looked for there.
 *
 * A card says what the person who reads would find behind the link; whoever would find a closed door sees the bare link.
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

namespace OCA\Auzolan\Reference;

use OCA\Auzolan\AppInfo\Application;
use OCA\Auzolan\Service\House;
use OCA\Auzolan\Service\Places;
use OCP\AppFramework\Utility\ITimeFactory;
use OCP\Collaboration\Reference\ADiscoverableReferenceProvider;
use OCP\Collaboration\Reference\IReference;
use OCP\Collaboration\Reference\ISearchableReferenceProvider;
use OCP\Collaboration\Reference\Reference;
use OCP\IUserSession;

final class HouseReferences extends ADiscoverableReferenceProvider implements ISearchableReferenceProvider {
	private const ORDER = 10;
	/** Nextcloud keeps a card for an hour; whoever has left a team is not told its titles for longer than their token would have let them read. */
	private const KEPT_SECONDS = 300;

	public function __construct(
		private readonly House $house,
		private readonly Places $places,
		private readonly IUserSession $session,
		private readonly ITimeFactory $clock,
	) {
	}

	public function getId(): string {
		return Application::APP_ID;
	}

	public function getTitle(): string {
		return 'Auzolan';
	}

	public function getOrder(): int {
		return self::ORDER;
	}

	public function getIconUrl(): string {
		return $this->places->icon();
	}

	/** @return list<string> */
	public function getSupportedSearchProviderIds(): array {
		return [Application::APP_ID];
	}

	public function matchReference(string $referenceText): bool {
		return $this->places->within($referenceText) !== null;
	}

	public function resolveReference(string $referenceText): ?IReference {
		$user = $this->session->getUser();
		$path = $this->places->within($referenceText);
		$told = $user === null || $path === null ? null : $this->house->preview($user, $path);
		if ($told === null) {
			return null;
		}
		$reference = new Reference($referenceText);
		$reference->setTitle($told['title']);
		$reference->setDescription($told['line']);
		$reference->setImageUrl($this->places->iconOf($told['kind']));
		$reference->setUrl($told['url']);
		return $reference;
	}

	public function getCachePrefix(string $referenceId): string {
		return $referenceId;
	}

	/** Of each person their own: what one may read another may not. */
	public function getCacheKey(string $referenceId): ?string {
		$user = $this->session->getUser();
		return ($user === null ? '' : $user->getUID()) . '/' . intdiv($this->clock->getTime(), self::KEPT_SECONDS);
	}
}
