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
use OCP\Files\IHomeStorage;
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
		return $this->readable($uid, $file)[0] ?? null;
	}

	/**
	 * Who may share a file on is shown by Files with whom it is shared, and whoever owns it is, too. Of what is mounted from elsewhere, as
	 * folders of groups are, everybody is called the owner: there only what may be shared counts.
	 *
	 * @throws \Throwable when their storage cannot be asked now
	 */
	public function mayKnow(string $uid, int $file): bool {
		foreach ($this->readable($uid, $file) as $node) {
			if ($node->isShareable()) {
				return true;
			}
			if ($node->getOwner()?->getUID() === $uid && $node->getStorage()->instanceOfStorage(IHomeStorage::class)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * @param list<string> $people
	 * @return array{can: list<string>, cannot: list<string>} who is in neither could not be asked about
	 */
	public function among(array $people, int $file): array {
		$answer = ['can' => [], 'cannot' => []];
		foreach ($people as $uid) {
			// Looking into the storage of somebody who has never signed in would make it.
			if ($this->users->get($uid)?->getLastLogin() === 0) {
				continue;
			}
			try {
				$answer[$this->open($uid, $file) === null ? 'cannot' : 'can'][] = $uid;
			} catch (\Throwable $error) {
				$this->logger->warning('Whether somebody can open a file cannot be said', ['app' => Application::APP_ID, 'exception' => $error]);
			}
		}
		return $answer;
	}

	/**
	 * All of them: the same file may be there twice, and only one of the two be readable.
	 *
	 * @return list<Node>
	 */
	private function readable(string $uid, int $file): array {
		$user = $this->users->get($uid);
		if ($user === null || !$user->isEnabled()) {
			return [];
		}
		$nodes = $this->root->getUserFolder($user->getUID())->getById($file);
		return array_values(array_filter($nodes, static fn (Node $node): bool => $node->isReadable()));
	}
}
