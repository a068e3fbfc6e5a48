<?php

declare(strict_types=1);

/**
 * Owns what the sync server may know about somebody: groups, Teams, and whether they may use the app at all.
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

namespace OCA\Auzolan\Service;

use OCA\Auzolan\AppInfo\Application;
use OCP\App\IAppManager;
use OCP\IGroupManager;
use OCP\IUser;
use OCP\IUserManager;
use OCP\Teams\ITeamManager;
use Psr\Container\ContainerInterface;
use Psr\Log\LoggerInterface;

final class Directory {
	/** Not OCP, and there is no OCP way on Nextcloud 32; by name, since the app of the Teams may be missing. */
	private const CIRCLES = 'OCA\Circles\CirclesManager';
	/** `OCA\Circles\Model\Member::TYPE_USER`. */
	private const CIRCLES_USER = 1;

	public function __construct(
		private readonly IUserManager $users,
		private readonly IGroupManager $groups,
		private readonly IAppManager $apps,
		private readonly ITeamManager $teams,
		private readonly ContainerInterface $container,
		private readonly LoggerInterface $logger,
	) {
	}

	/** @return list<string> */
	public function groups(IUser $user): array {
		// PHP turns the id of a group called "2026" into a number when it was an array key.
		return array_map(strval(...), array_values($this->groups->getUserGroupIds($user)));
	}

	/** @return list<string>|null ids of Nextcloud Teams; null when their app does not say, which is not "none" */
	public function teams(IUser $user): ?array {
		try {
			// Nextcloud 33 and newer.
			return method_exists($this->teams, 'getTeamsForUser')
				? array_map(static fn ($team): string => $team->getId(), array_values($this->teams->getTeamsForUser($user->getUID())))
				: $this->circles($user);
		} catch (\Throwable $error) {
			$this->logger->warning('The Teams of a person cannot be read', ['app' => Application::APP_ID, 'exception' => $error]);
			return null;
		}
	}

	/**
	 * @return list<string> ids of the people in a Nextcloud Team, those of its groups and of Teams inside of it too
	 * @throws \Throwable when it cannot be said now
	 */
	public function membersOf(string $team): array {
		if (!$this->apps->isEnabledForAnyone('circles') || !class_exists(self::CIRCLES)) {
			return [];
		}
		$circles = $this->container->get(self::CIRCLES);
		// Nobody is signed in: the server asks on behalf of the Team itself.
		$circles->startSuperSession();
		try {
			$members = $circles->getCircle($team)->getInheritedMembers();
		} catch (\OCA\Circles\Exceptions\CircleNotFoundException) {
			return [];
		} finally {
			$circles->stopSession();
		}
		$people = array_filter($members, static fn ($member): bool => $member->getUserType() === self::CIRCLES_USER && $member->isLocal());
		return array_values(array_unique(array_map(static fn ($member): string => $member->getUserId(), $people)));
	}

	public function isAdmin(string $uid): bool {
		return $this->groups->isAdmin($uid);
	}

	/** @return array{enabled: bool, name: string, groups: list<string>, teams: list<string>, admin: bool}|null null when it cannot be said now */
	public function describe(string $uid): ?array {
		$user = $this->users->get($uid);
		if ($user === null || !$user->isEnabled() || !$this->apps->isEnabledForUser(Application::APP_ID, $user)) {
			return ['enabled' => false, 'name' => $user?->getDisplayName() ?? '', 'groups' => [], 'teams' => [], 'admin' => false];
		}
		$teams = $this->teams($user);
		return $teams === null ? null : [
			'enabled' => true,
			'name' => $user->getDisplayName(),
			'groups' => $this->groups($user),
			'teams' => $teams,
			'admin' => $this->isAdmin($uid),
		];
	}

	/** @return list<string> */
	private function circles(IUser $user): array {
		if (!$this->apps->isEnabledForUser('circles', $user) || !class_exists(self::CIRCLES)) {
			return [];
		}
		$circles = $this->container->get(self::CIRCLES);
		$circles->startSession($circles->getLocalFederatedUser($user->getUID()));
		try {
			// What `probeCircles` gives without a probe: what people see as their Teams, not the inner circles of the app.
			return array_map(static fn ($circle): string => $circle->getSingleId(), array_values($circles->probeCircles()));
		} finally {
			$circles->stopSession();
		}
	}
}
