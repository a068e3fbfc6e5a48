<?php

declare(strict_types=1);

/**
 * Owns the folder of approved versions: in the Files of the account that an administrator named, so that retention, backup and
 * sharing are those the house already has. It only ever adds: no file in it is changed or removed.
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

namespace OCA\Auzolan\Service;

use OCA\Auzolan\Config\Lexicon;
use OCP\AppFramework\Services\IAppConfig;
use OCP\Files\File;
use OCP\Files\Folder;
use OCP\Files\IRootFolder;
use OCP\Files\NotPermittedException;
use OCP\IUserManager;

final class Archive {
	public const NO_ACCOUNT = 'no such account';
	public const NO_FOLDER = 'not a folder';
	public const READ_ONLY = 'read-only';
	public const FULL = 'no free space';

	public function __construct(
		private readonly IAppConfig $config,
		private readonly IRootFolder $root,
		private readonly IUserManager $users,
	) {
	}

	/** '' when nobody has chosen one: then nothing is archived. */
	public function account(): string {
		return $this->config->getAppValueString(Lexicon::ARCHIVE_ACCOUNT);
	}

	public function folder(): string {
		return $this->config->getAppValueString(Lexicon::ARCHIVE_FOLDER);
	}

	public function configured(): bool {
		return $this->account() !== '';
	}

	/** Stores the choice if it can be written there; no account ends the archiving. Gives the problem, or ''. */
	public function choose(string $account, string $folder): string {
		$problem = $account === '' ? '' : $this->problemWith($account, $folder);
		if ($problem === '') {
			$this->config->setAppValueString(Lexicon::ARCHIVE_ACCOUNT, $account);
			$this->config->setAppValueString(Lexicon::ARCHIVE_FOLDER, trim($folder, "/ \t"));
		}
		return $problem;
	}

	/** Why nothing can be written there now: one of our words, or those of Nextcloud; '' when it can. Makes the folder if there is none. */
	public function problemWith(string $account, string $folder): string {
		try {
			$place = $this->open($account, $folder);
			return $place->getFreeSpace() === 0 ? self::FULL : '';
		} catch (\Throwable $error) {
			return $error->getMessage() === '' ? $error::class : $error->getMessage();
		}
	}

	/**
	 * Puts files there. What is there already with the same content stays; a file of that name with another content stays as
	 * well, and ours goes beside it.
	 *
	 * @param list<array{name: string, content: string}> $files
	 * @return list<string> where they lie in the account
	 */
	public function keep(array $files): array {
		$place = $this->open($this->account(), $this->folder());
		return array_map(fn (array $file): string => $this->put($place, $file['name'], $file['content']), $files);
	}

	/** Nothing of a path, nothing hidden, of a kind that we write. */
	public static function isName(string $name): bool {
		return preg_match('#^[^./\\\\:*?"<>|\x00-\x1f\x7f][^/\\\\:*?"<>|\x00-\x1f\x7f]{0,180}\.(json|md)$#uD', $name) === 1;
	}

	private function put(Folder $place, string $name, string $content): string {
		$hash = hash('sha256', $content);
		[$stem, $ending] = [pathinfo($name, PATHINFO_FILENAME), pathinfo($name, PATHINFO_EXTENSION)];
		foreach ([$name, $stem . ' ' . substr($hash, 0, 12) . '.' . $ending] as $candidate) {
			if (!$place->nodeExists($candidate)) {
				$place->newFile($candidate, $content);
			}
			$there = $place->get($candidate);
			// Read back: what is said to be there is there, whole.
			if ($there instanceof File && hash('sha256', $there->getContent()) === $hash) {
				return '/' . trim($this->folder() . '/' . $candidate, '/');
			}
		}
		throw new NotPermittedException('another file is in the place of ' . $name);
	}

	private function open(string $account, string $folder): Folder {
		$user = $this->users->get($account);
		if ($user === null || !$user->isEnabled()) {
			throw new NotPermittedException(self::NO_ACCOUNT);
		}
		$place = $this->root->getUserFolder($user->getUID());
		foreach (explode('/', $folder) as $name) {
			if (trim($name) === '') {
				continue;
			}
			if ($name === '..' || $name === '.') {
				throw new NotPermittedException(self::NO_FOLDER);
			}
			$next = $place->nodeExists($name) ? $place->get($name) : $place->newFolder($name);
			if (!$next instanceof Folder) {
				throw new NotPermittedException(self::NO_FOLDER);
			}
			$place = $next;
		}
		if (!$place->isCreatable()) {
			throw new NotPermittedException(self::READ_ONLY);
		}
		return $place;
	}
}
