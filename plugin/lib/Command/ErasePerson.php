<?php

declare(strict_types=1);

/**
 * Owns `occ auzolan:erase-person`: has the sync server erase the person of an account that has ended, or says what that would do.
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

namespace OCA\Auzolan\Command;

use OCA\Auzolan\Service\SyncServer;
use Symfony\Component\Console\Command\Command;
use Symfony\Component\Console\Formatter\OutputFormatter;
use Symfony\Component\Console\Input\InputArgument;
use Symfony\Component\Console\Input\InputInterface;
use Symfony\Component\Console\Input\InputOption;
use Symfony\Component\Console\Output\OutputInterface;

final class ErasePerson extends Command {
	public function __construct(
		private readonly SyncServer $server,
	) {
		parent::__construct();
	}

	protected function configure(): void {
		$this->setName('auzolan:erase-person')
			->setDescription('Erase the person of an account that was disabled or deleted from Auzolan: for good')
			->addArgument('account', InputArgument::REQUIRED, 'The account, as it was called')
			->addOption('preview', null, InputOption::VALUE_NONE, 'Only say what would go')
			->addOption('output', null, InputOption::VALUE_REQUIRED, 'Form of the result: plain or json', 'plain');
	}

	protected function execute(InputInterface $input, OutputInterface $output): int {
		$preview = (bool)$input->getOption('preview');
		$answer = $this->server->erase((string)$input->getArgument('account'), $preview);
		$report = $answer->json();
		$done = $answer->ok() && isset($report['byTable']);
		if (!$done && !$answer->unreachable && ($answer->status < 400 || $answer->status >= 500)) {
			// It may go on after nobody waits for it any more.
			$output->writeln('<error>' . OutputFormatter::escape('It is not known whether this was done (' . $answer->said() . '): see the log of the server, then run it again.') . '</error>');
			return self::FAILURE;
		}
		if (!$done) {
			$output->writeln('<error>' . OutputFormatter::escape('Nothing was erased: ' . $answer->said()) . '</error>');
			return self::INVALID;
		}
		$whole = $preview || (($report['rewritten'] ?? false) === true && ($report['logsWaiting'] ?? 0) === 0);
		if ($input->getOption('output') === 'json') {
			$output->writeln($answer->body, OutputInterface::OUTPUT_RAW);
			return $whole ? self::SUCCESS : self::FAILURE;
		}
		if (array_sum([$report['deleted'] ?? 0, $report['pseudonymised'] ?? 0, $report['kept'] ?? 0, count($report['namedIn'] ?? [])]) === 0) {
			$output->writeln('Nothing there names this account. Is it written as Nextcloud writes it?');
		}
		$output->writeln($preview ? 'This would be done:' : 'Erased. What stays of their work is by ' . ($report['pseudonym'] ?? 'nobody') . '.');
		foreach (['deleted' => 'deleted', 'pseudonymised' => 'under a pseudonym, or nobody', 'kept' => 'kept as evidence', 'documents' => 'documents of their own', 'logs' => 'texts that begin anew'] as $key => $words) {
			$tables = array_map(static fn (string $table, int $n): string => $table . ' ' . $n, array_keys($report['byTable'][$key] ?? []), $report['byTable'][$key] ?? []);
			$output->writeln(sprintf('  %-30s %d%s', $words, $report[$key] ?? 0, $tables === [] ? '' : ' (' . implode(', ', $tables) . ')'));
		}
		foreach ($report['namedIn'] ?? [] as $text) {
			$title = reset($text['title']) ?: 'Organisation';
			$output->writeln(OutputFormatter::escape('  still named in: ' . $title . ', ' . $text['path']));
		}
		if (is_string($report['copiesUntil'] ?? null)) {
			$output->writeln('A copy of before an upgrade holds it until ' . $report['copiesUntil'] . '.');
		}
		if (!$whole) {
			$output->writeln('<comment>Something is still to be done: see the log of the server, and run this again.</comment>');
		}
		return $whole ? self::SUCCESS : self::FAILURE;
	}
}
