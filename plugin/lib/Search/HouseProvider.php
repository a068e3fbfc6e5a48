<?php

declare(strict_types=1);

/**
 * Owns what Nextcloud's own search finds of ours: tools, suggestions, texts, posts and comments, as far as the person may read them.
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

namespace OCA\Auzolan\Search;

use OCA\Auzolan\AppInfo\Application;
use OCA\Auzolan\Service\House;
use OCA\Auzolan\Service\Pairing;
use OCA\Auzolan\Service\Places;
use OCP\IUser;
use OCP\Search\IProvider;
use OCP\Search\ISearchQuery;
use OCP\Search\SearchResult;
use OCP\Search\SearchResultEntry;

final class HouseProvider implements IProvider {
	/** Inside the app what is ours comes first; elsewhere after files, mails and people. */
	private const ORDER_INSIDE = -1;
	private const ORDER = 35;
	private const LIMIT_MAX = 25;

	public function __construct(
		private readonly House $house,
		private readonly Pairing $pairing,
		private readonly Places $places,
	) {
	}

	public function getId(): string {
		return Application::APP_ID;
	}

	public function getName(): string {
		return 'Auzolan';
	}

	/** Nobody wants a group of an app that is not connected yet. */
	public function getOrder(string $route, array $routeParameters): ?int {
		if (!$this->pairing->configured()) {
			return null;
		}
		return str_starts_with($route, Application::APP_ID . '.') ? self::ORDER_INSIDE : self::ORDER;
	}

	public function search(IUser $user, ISearchQuery $query): SearchResult {
		$from = max(0, (int)$query->getCursor());
		$limit = max(1, min(self::LIMIT_MAX, $query->getLimit()));
		['found' => $found, 'next' => $next] = $this->house->found($user, $query->getTerm(), $from, $limit);
		$entries = array_map($this->entry(...), $found);
		return $next === null
			? SearchResult::complete($this->getName(), $entries)
			: SearchResult::paginated($this->getName(), $entries, $next);
	}

	/** @param array{kind: string, title: string, line: string, url: string} $told */
	private function entry(array $told): SearchResultEntry {
		return new SearchResultEntry('', $told['title'], $told['line'], $told['url'], $this->places->iconOf($told['kind']));
	}
}
