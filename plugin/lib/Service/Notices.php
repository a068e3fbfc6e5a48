<?php

declare(strict_types=1);

/**
 * Owns the notifications of Nextcloud that people have from us: given, given anew under the same key, taken back.
 *
 * Whether they also come by mail or to a phone is set in Nextcloud, by each person.
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

namespace OCA\Auzolan\Service;

use OCA\Auzolan\AppInfo\Application;
use OCP\AppFramework\Utility\ITimeFactory;
use OCP\Notification\IManager;
use OCP\Notification\INotification;

final class Notices {
	private const OBJECT = 'notice';

	public function __construct(
		private readonly IManager $manager,
		private readonly Recipients $recipients,
		private readonly ITimeFactory $clock,
	) {
	}

	public function tell(Notice $notice): void {
		$people = $this->recipients->of($notice);
		// Phones are called once for all of them.
		$flush = $this->manager->defer();
		try {
			$this->takeBack($notice->key);
			foreach ($people as $uid) {
				$this->manager->notify($this->under($notice->key)
					->setUser($uid)
					->setDateTime($this->clock->getDateTime())
					->setSubject($notice->kind, [
						'document' => $notice->document,
						'title' => $notice->title,
						'byId' => $notice->byId,
						'byName' => $notice->byName,
						'post' => $notice->post['id'] ?? null,
						'postTitle' => $notice->post['title'] ?? null,
						'due' => $notice->due,
						'role' => $notice->role,
						'comment' => $notice->comment,
					]));
			}
		} finally {
			if ($flush) {
				$this->manager->flush();
			}
		}
	}

	public function takeBack(string $key): void {
		$this->manager->markProcessed($this->under($key));
	}

	/** Nextcloud keeps 64 characters of what a notification is about. */
	private function under(string $key): INotification {
		return $this->manager->createNotification()
			->setApp(Application::APP_ID)
			->setObject(self::OBJECT, hash('sha256', $key));
	}
}
