<?php

declare(strict_types=1);

/**
 * Owns what of Auzolan is in somebody's export of their account (GDPR art. 15 and 20). It cannot be brought in again: what was written
 * belongs to teams, and stays where it is.
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

namespace OCA\Auzolan\UserMigration;

use OCA\Auzolan\AppInfo\Application;
use OCA\Auzolan\Service\Pairing;
use OCA\Auzolan\Service\SyncServer;
use OCP\IL10N;
use OCP\IUser;
use OCP\UserMigration\IExportDestination;
use OCP\UserMigration\IImportSource;
use OCP\UserMigration\IMigrator;
use OCP\UserMigration\TMigratorBasicVersionHandling;
use OCP\UserMigration\UserMigrationException;
use Symfony\Component\Console\Output\OutputInterface;

final class Migrator implements IMigrator {
	use TMigratorBasicVersionHandling;

	public const FILE = 'auzolan/person.json';

	public function __construct(
		private readonly SyncServer $server,
		private readonly Pairing $pairing,
		private readonly IL10N $l10n,
	) {
	}

	public function export(IUser $user, IExportDestination $exportDestination, OutputInterface $output): void {
		// Not connected, it holds nothing of anybody.
		if (!$this->pairing->configured()) {
			return;
		}
		$answer = $this->server->personalData($user->getUID());
		if (!$answer->ok()) {
			// An export that leaves something out must not look whole.
			throw new UserMigrationException('Auzolan could not be asked: ' . $answer->said());
		}
		$exportDestination->addFileContents(self::FILE, $answer->body);
	}

	public function import(IUser $user, IImportSource $importSource, OutputInterface $output): void {
		if ($importSource->getMigratorVersion($this->getId()) !== null) {
			$output->writeln('Auzolan: documents belong to teams and stay where they are; nothing is brought in.');
		}
	}

	public function getId(): string {
		return Application::APP_ID;
	}

	public function getDisplayName(): string {
		return 'Auzolan';
	}

	public function getDescription(): string {
		return $this->l10n->t('What you did and said in plans and evaluations');
	}
}
