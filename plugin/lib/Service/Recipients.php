<?php

declare(strict_types=1);

/**
 * Owns who is meant: people, and those who are in a group or a Team now; of these, whoever may use the app.
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

namespace OCA\Auzolan\Service;

use OCA\Auzolan\AppInfo\Application;
use OCP\App\IAppManager;
use OCP\IGroupManager;
use OCP\IUserManager;
use Psr\Log\LoggerInterface;

final class Recipients {
	/** A notice for more is a misunderstanding: nobody gives the whole house the same role. */
	private const MAX = 1000;

	public function __construct(
		private readonly IUserManager $users,
		private readonly IGroupManager $groups,
		private readonly IAppManager $apps,
		private readonly Directory $directory,
		private readonly LoggerInterface $logger,
	) {
	}

	/**
	 * @return list<string> ids of people, each once
	 * @throws \Throwable when it cannot be said now who is in a Team
	 */
	public function of(Notice $notice): array {
		$people = [];
		foreach ($notice->to as ['kind' => $kind, 'id' => $id]) {
			$members = match ($kind) {
				'person' => [$id],
				'group' => $this->group($id),
				'team' => $this->directory->membersOf($id),
			};
			foreach ($members as $uid) {
				// As a key, an id of digits would become a number.
				$people['u' . $uid] = $uid;
			}
			if (count($people) > self::MAX) {
				$this->logger->warning('A notice is for more people than are told at once', ['app' => Application::APP_ID]);
				break;
			}
		}
		return array_values(array_filter(
			array_slice($people, 0, self::MAX),
			fn (string $uid): bool => !$notice->leavesOut($uid) && $this->mayUse($uid),
		));
	}

	/** @return list<string> */
	private function group(string $id): array {
		$members = $this->groups->get($id)?->searchUsers('', self::MAX + 1) ?? [];
		return array_values(array_map(static fn ($user): string => $user->getUID(), $members));
	}

	private function mayUse(string $uid): bool {
		$user = $this->users->get($uid);
		return $user !== null && $user->isEnabled() && $this->apps->isEnabledForUser(Application::APP_ID, $user);
	}
}
