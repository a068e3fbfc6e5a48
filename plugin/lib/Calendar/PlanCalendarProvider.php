<?php

declare(strict_types=1);

/**
 * Owns which calendars of posts a person finds in the Calendar app, and on their phone by CalDAV: those of the plans of their teams.
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

namespace OCA\Auzolan\Calendar;

use OCA\Auzolan\AppInfo\Application;
use OCA\Auzolan\Service\Calendars;
use OCA\Auzolan\Service\Pairing;
use OCA\Auzolan\Service\Speech;
use OCA\Auzolan\Service\Title;
use OCP\App\IAppManager;
use OCP\Calendar\ICalendarProvider;
use OCP\IUserManager;

final class PlanCalendarProvider implements ICalendarProvider {
	private const OF_PERSON = '#^principals/users/([^/]+)$#D';

	public function __construct(
		private readonly Calendars $calendars,
		private readonly Pairing $pairing,
		private readonly IUserManager $users,
		private readonly IAppManager $apps,
		private readonly Speech $speech,
	) {
	}

	/**
	 * @param string[] $calendarUris
	 * @return PlanCalendar[]
	 */
	public function getCalendars(string $principalUri, array $calendarUris = []): array {
		// Rooms and other resources have calendars, too; and Nextcloud asks everybody for any name.
		if (preg_match(self::OF_PERSON, $principalUri, $found) !== 1
			|| ($calendarUris !== [] && !self::mayBeOurs($calendarUris))
			|| !$this->pairing->configured()) {
			return [];
		}
		$user = $this->users->get($found[1]);
		if ($user === null || !$this->apps->isEnabledForUser(Application::APP_ID, $user)) {
			return [];
		}
		$l10n = $this->speech->of($user);
		$ours = [];
		foreach ($this->calendars->of($user) as ['id' => $id, 'title' => $title]) {
			$calendar = new PlanCalendar($id, Title::in($title, $l10n), fn (): ?string => $this->calendars->events($user, $id));
			if ($calendarUris === [] || in_array($calendar->getUri(), $calendarUris, true)) {
				$ours[] = $calendar;
			}
		}
		return $ours;
	}

	/** @param string[] $uris */
	private static function mayBeOurs(array $uris): bool {
		foreach ($uris as $uri) {
			if (str_starts_with($uri, PlanCalendar::PREFIX)) {
				return true;
			}
		}
		return false;
	}
}
