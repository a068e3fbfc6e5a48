<?php

declare(strict_types=1);

/**
 * Owns who can open a file of Nextcloud Files.
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

namespace OCA\Auzolan\Service;

use OCA\Auzolan\AppInfo\Application;
use OCP\Files\IRootFolder;
use OCP\Files\Node;
use OCP\IUserManager;
use Psr\Log\LoggerInterface;

final class FileReaders {
	public function __construct(
		private readonly IRootFolder $root,
		private readonly IUserManager $users,
		private readonly LoggerInterface $logger,
	) {
	}

	/**
	 * What somebody would see on opening the address `/f/<id>`. It asks for the file among all that is mounted for them, own files,
	 * shares, folders of groups with their rules, external storage, instead of counting shares, which knows the first two alone.
	 *
	 * @return Node|null null when it is not there for them, or may not be read
	 * @throws \Throwable when their storage cannot be asked now
	 */
	public function open(string $uid, int $file): ?Node {
		$user = $this->users->get($uid);
		if ($user === null || !$user->isEnabled()) {
			return null;
		}
		// Not the first of them: the same file may be there twice, and only one of the two be readable.
		foreach ($this->root->getUserFolder($user->getUID())->getById($file) as $node) {
			if ($node->isReadable()) {
				return $node;
			}
		}
		return null;
	}

	/**
	 * @param list<string> $people
	 * @return array{can: list<string>, cannot: list<string>} who is in neither could not be asked about
	 */
	public function among(array $people, int $file): array {
		$answer = ['can' => [], 'cannot' => []];
		foreach ($people as $uid) {
			try {
				$answer[$this->open($uid, $file) === null ? 'cannot' : 'can'][] = $uid;
			} catch (\Throwable $error) {
				$this->logger->warning('Whether somebody can open a file cannot be said', ['app' => Application::APP_ID, 'exception' => $error]);
			}
		}
		return $answer;
	}
}
