<?php

declare(strict_types=1);

/**
 * Owns the names, types and secrecy of the app's settings, so that `occ config:app:*` knows them too.
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

namespace OCA\Auzolan\Config;

use OCP\Config\Lexicon\Entry;
use OCP\Config\Lexicon\ILexicon;
use OCP\Config\Lexicon\Strictness;
use OCP\Config\ValueType;
use OCP\IAppConfig;

final class Lexicon implements ILexicon {
	public const SERVER_URL = 'server_url';
	public const SERVER_INTERNAL_URL = 'server_internal_url';
	public const ARCHIVE_ACCOUNT = 'archive_account';
	public const ARCHIVE_FOLDER = 'archive_folder';
	public const SECRET = 'secret';
	public const SECRET_PREVIOUS = 'secret_previous';
	public const SECRET_ROTATED_AT = 'secret_rotated_at';

	public function getStrictness(): Strictness {
		// A misspelt key leaves a line in the log; a stricter mode would also refuse keys of a newer version after a downgrade.
		return Strictness::NOTICE;
	}

	public function getAppConfigs(): array {
		return [
			new Entry(
				self::SERVER_URL,
				ValueType::STRING,
				'',
				'Public address of the sync server, as browsers reach it; it may have a path (https://cloud.example.org/auzolan)',
			),
			new Entry(
				self::SERVER_INTERNAL_URL,
				ValueType::STRING,
				'',
				'Address of the sync server as Nextcloud reaches it, when that differs from the public one (http://auzolan:8790)',
			),
			new Entry(
				self::ARCHIVE_ACCOUNT,
				ValueType::STRING,
				'',
				'Account in whose Files approved versions are archived; empty: nowhere',
			),
			new Entry(self::ARCHIVE_FOLDER, ValueType::STRING, '', 'Folder of that account, as a path; empty: its topmost one'),
			// Flagged here, the value is encrypted in the database and masked by `occ config:list` however it is set.
			// The price: without `--type=string -n`, `occ config:app:set` of Nextcloud 32.0.1 takes the flag for an unknown
			// type, stores nothing and still exits with 0.
			new Entry(
				self::SECRET,
				ValueType::STRING,
				'',
				'Secret shared with the sync server, at least 32 characters',
				flags: IAppConfig::FLAG_SENSITIVE,
			),
			new Entry(
				self::SECRET_PREVIOUS,
				ValueType::STRING,
				'',
				'The secret before the last rotation, accepted for ten minutes more',
				flags: IAppConfig::FLAG_SENSITIVE,
			),
			new Entry(self::SECRET_ROTATED_AT, ValueType::INT, 0, 'When the secret was rotated, in Unix seconds'),
		];
	}

	public function getUserConfigs(): array {
		return [];
	}
}
