<?php

declare(strict_types=1);

/**
 * Owns the tag of each event of ours in CalDAV (ETag): phones ask for it to know what has changed (RFC 4791, 5.3.4), and Nextcloud
 * gives the events of apps none.
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

namespace OCA\Auzolan\Listener;

use OCA\Auzolan\Calendar\PlanCalendar;
use OCP\EventDispatcher\Event;
use OCP\EventDispatcher\IEventListener;

/** @template-implements IEventListener<Event> */
final class EventTags implements IEventListener {
	/** Not of OCP, and there wherever CalDAV is. */
	public const EVENT = 'OCA\\DAV\\Events\\SabrePluginAddEvent';
	/** When it was written down last says nothing about it. */
	private const TIMES = '/^(DTSTAMP|LAST-MODIFIED):.*\r\n/m';

	public function handle(Event $event): void {
		if (!is_a($event, self::EVENT)) {
			return;
		}
		$event->getServer()->on('propFind', static function (\Sabre\DAV\PropFind $asked, \Sabre\DAV\INode $node): void {
			if ($node instanceof \Sabre\CalDAV\ICalendarObject && str_starts_with($node->getName(), PlanCalendar::PREFIX)) {
				$asked->handle('{DAV:}getetag', static fn (): string => '"' . hash('sha256', (string)preg_replace(self::TIMES, '', (string)$node->get())) . '"');
			}
		});
	}
}
