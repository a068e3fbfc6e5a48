<?php

declare(strict_types=1);

/**
 * Owns the posts of one plan as a calendar of Nextcloud that is read and never written.
 *
 * The events are nodes of Sabre where CalDAV asks, which wraps them, and arrays where the rest of Nextcloud asks (the list of what
 * comes next on the dashboard), as the interface says. Nothing tells the two apart but how they ask.
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

namespace OCA\Auzolan\Calendar;

use OCP\Calendar\ICalendar;
use OCP\Constants;

final class PlanCalendar implements ICalendar {
	public const PREFIX = 'auzolan-';
	/** Nobody can give them another colour; two plans should not look alike. */
	private const COLOURS = ['#2f6f4f', '#8a4b9e', '#b3541e', '#1f6fa8', '#a3326b', '#6b6a1c'];
	/** How Sabre looks for one by its name. */
	private const BY_NAME = [[], ['X-FILENAME'], ['UID']];
	/** Where words are looked for when nobody says where. */
	private const WORDS = ['SUMMARY', 'DESCRIPTION', 'CATEGORIES'];

	/** @var ?list<\Sabre\VObject\Component\VEvent> */
	private ?array $events = null;

	/** @param \Closure(): ?string $read its events as iCalendar; null when nobody can say */
	public function __construct(
		private readonly string $document,
		private readonly string $name,
		private readonly \Closure $read,
	) {
	}

	public function getKey(): string {
		return self::PREFIX . $this->document;
	}

	public function getUri(): string {
		return self::PREFIX . $this->document;
	}

	public function getDisplayName(): ?string {
		return $this->name;
	}

	public function getDisplayColor(): ?string {
		return self::COLOURS[crc32($this->document) % count(self::COLOURS)];
	}

	public function getPermissions(): int {
		return Constants::PERMISSION_READ;
	}

	public function isDeleted(): bool {
		return false;
	}

	public function search(string $pattern, array $searchProperties = [], array $options = [], ?int $limit = null, ?int $offset = null): array {
		$found = array_values(array_filter(
			$this->events(),
			static fn (\Sabre\VObject\Component\VEvent $event): bool => self::fits($event, $options) && self::says($event, $pattern, $searchProperties),
		));
		$page = array_slice($found, $offset ?? 0, $limit);
		$byDav = $options === [] && $limit === null && $offset === null && in_array($searchProperties, self::BY_NAME, true);
		return array_map($byDav ? self::node(...) : $this->told(...), $page);
	}

	/** @return list<\Sabre\VObject\Component\VEvent> the earliest first, as the server gives them */
	private function events(): array {
		if ($this->events === null) {
			$text = ($this->read)();
			try {
				$calendar = $text === null ? null : \Sabre\VObject\Reader::read($text);
				$this->events = $calendar === null ? [] : array_values($calendar->select('VEVENT'));
			} catch (\Sabre\VObject\ParseException) {
				// A proxy that answers in the server's place.
				$this->events = [];
			}
		}
		return $this->events;
	}

	/** @param array<string, mixed> $options */
	private static function fits(\Sabre\VObject\Component\VEvent $event, array $options): bool {
		if (isset($options['types']) && !in_array('VEVENT', $options['types'], true)) {
			return false;
		}
		if (isset($options['uid']) && (string)$event->UID !== $options['uid']) {
			return false;
		}
		$start = $options['timerange']['start'] ?? null;
		$end = $options['timerange']['end'] ?? null;
		return ($start === null && $end === null) || $event->isInTimeRange(
			$start ?? new \DateTimeImmutable('1900-01-01'),
			$end ?? new \DateTimeImmutable('2200-01-01'),
		);
	}

	/** @param string[] $properties */
	private static function says(\Sabre\VObject\Component\VEvent $event, string $pattern, array $properties): bool {
		// The name of an event, and of its file, is that one and no other that it is a part of.
		if ($properties === ['UID']) {
			return (string)$event->UID === $pattern;
		}
		if ($properties === ['X-FILENAME']) {
			return (string)$event->UID . '.ics' === $pattern;
		}
		if ($pattern === '') {
			return true;
		}
		foreach ($properties === [] ? self::WORDS : $properties as $name) {
			if (isset($event->{$name}) && mb_stripos((string)$event->{$name}, $pattern) !== false) {
				return true;
			}
		}
		return false;
	}

	/** Sabre puts it into another calendar. Nextcloud asks each for its UID as an array would be asked, which a node has no answer to. */
	private static function node(\Sabre\VObject\Component\VEvent $event): \Sabre\VObject\Component\VEvent {
		$node = clone $event;
		$node->setIterator(new \Sabre\VObject\ElementList(['UID' => $node->UID]));
		return $node;
	}

	/** @return array<string, mixed> as Nextcloud's own calendars tell of an event */
	private function told(\Sabre\VObject\Component\VEvent $event): array {
		$properties = [];
		foreach ($event->children() as $property) {
			$value = $property instanceof \Sabre\VObject\Property\ICalendar\DateTime ? $property->getDateTime() : $property->getValue();
			$told = [$value, $property->parameters()];
			// Of categories there may be several.
			if ($property->name === 'CATEGORIES') {
				$properties['CATEGORIES'][] = $told;
			} else {
				$properties[$property->name] = $told;
			}
		}
		$uid = (string)$event->UID;
		return ['id' => $uid, 'type' => 'VEVENT', 'key' => $this->getKey(), 'uri' => $uid . '.ics', 'objects' => [$properties]];
	}
}
