<?php

declare(strict_types=1);

/**
 * Owns that the sync server hears at once when somebody's account, groups or Teams change: a withdrawn access ends while its
 * owner types, not when a lease runs out.
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

namespace OCA\Auzolan\Listener;

use OCA\Auzolan\Service\Herald;
use OCP\EventDispatcher\Event;
use OCP\EventDispatcher\IEventListener;
use OCP\Group\Events\GroupDeletedEvent;
use OCP\Group\Events\UserAddedEvent;
use OCP\Group\Events\UserRemovedEvent;
use OCP\User\Events\UserChangedEvent;
use OCP\User\Events\UserDeletedEvent;
use OCP\User\Events\UserIdUnassignedEvent;

/** @template-implements IEventListener<Event> */
final class DirectoryListener implements IEventListener {
	/** Of the Teams app, which is no part of OCP and may be missing: known by name only. */
	private const TEAM_MEMBER = ['OCA\Circles\Events\CircleMemberAddedEvent', 'OCA\Circles\Events\CircleMemberRemovedEvent'];
	private const TEAM_DESTROYED = 'OCA\Circles\Events\CircleDestroyedEvent';
	/** A member that is a person; groups and other Teams can be members as well. */
	private const MEMBER_IS_PERSON = 1;

	public const EVENTS = [
		UserChangedEvent::class,
		UserDeletedEvent::class,
		UserIdUnassignedEvent::class,
		UserAddedEvent::class,
		UserRemovedEvent::class,
		GroupDeletedEvent::class,
		...self::TEAM_MEMBER,
		self::TEAM_DESTROYED,
	];

	public function __construct(
		private readonly Herald $herald,
	) {
	}

	public function handle(Event $event): void {
		if ($event instanceof UserChangedEvent) {
			if ($event->getFeature() === 'enabled') {
				$this->herald->tell($event->getValue() === false ? 'ended' : 'people', $event->getUser()->getUID());
			}
		} elseif ($event instanceof UserDeletedEvent) {
			$this->herald->tell('ended', $event->getUser()->getUID());
		} elseif ($event instanceof UserIdUnassignedEvent) {
			$this->herald->tell('ended', $event->getUserId());
		} elseif ($event instanceof UserAddedEvent || $event instanceof UserRemovedEvent) {
			$this->herald->tell('people', $event->getUser()->getUID());
		} elseif ($event instanceof GroupDeletedEvent) {
			$this->herald->tell('endedGroups', $event->getGroup()->getGID());
		} else {
			$this->handleTeam($event);
		}
	}

	private function handleTeam(object $event): void {
		$name = $event::class;
		if ($name === self::TEAM_DESTROYED) {
			$this->herald->tell('endedTeams', $event->getCircle()->getSingleId());
		} elseif (in_array($name, self::TEAM_MEMBER, true)) {
			$member = $event->hasMember() ? $event->getMember() : null;
			if ($member !== null && $member->getUserType() === self::MEMBER_IS_PERSON) {
				$this->herald->tell('people', $member->getUserId());
			} else {
				// A whole group came or went: everybody of the Team is looked at anew.
				$this->herald->tell('teams', $event->getCircle()->getSingleId());
			}
		}
	}
}
