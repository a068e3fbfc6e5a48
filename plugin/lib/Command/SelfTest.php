<?php

declare(strict_types=1);

/**
 * Owns `occ auzolan:self-test`: the diagnosis as text or JSON; exit code 1 when something does not work.
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

namespace OCA\Auzolan\Command;

use OCA\Auzolan\Config\Lexicon;
use OCA\Auzolan\Diagnosis\Finding;
use OCA\Auzolan\Service\Diagnostics;
use OCA\Auzolan\Service\Pairing;
use Symfony\Component\Console\Command\Command;
use Symfony\Component\Console\Formatter\OutputFormatter;
use Symfony\Component\Console\Input\InputInterface;
use Symfony\Component\Console\Input\InputOption;
use Symfony\Component\Console\Output\OutputInterface;

final class SelfTest extends Command {
	private const MARKS = [
		Finding::OK => '<info>ok     </info>',
		Finding::INFO => 'info   ',
		Finding::WARNING => '<comment>warning</comment>',
		Finding::ERROR => '<error>ERROR  </error>',
	];

	public function __construct(
		private readonly Diagnostics $diagnostics,
		private readonly Pairing $pairing,
	) {
		parent::__construct();
	}

	protected function configure(): void {
		$this->setName('auzolan:self-test')
			->setDescription('Look whether Auzolan and its sync server find and believe each other')
			->addOption('output', null, InputOption::VALUE_REQUIRED, 'Form of the result: plain or json', 'plain');
	}

	protected function execute(InputInterface $input, OutputInterface $output): int {
		$findings = $this->diagnostics->run();
		// Not connected is nothing wrong on the administration page; whoever tests the connection wants to be told that there is none.
		$works = $this->pairing->configured() && $this->diagnostics->worst($findings) !== Finding::ERROR;
		if ($input->getOption('output') === 'json') {
			$json = json_encode(
				['ok' => $works, 'checks' => $findings],
				JSON_THROW_ON_ERROR | JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_PRETTY_PRINT | JSON_INVALID_UTF8_SUBSTITUTE,
			);
			$output->writeln($json, OutputInterface::OUTPUT_RAW);
		} else {
			array_walk($findings, fn (Finding $finding) => $this->show($finding, $output));
			$output->writeln('');
			$output->writeln(match (true) {
				!$works => 'The connection does not work yet.',
				$this->diagnostics->worst($findings) === Finding::WARNING => 'Auzolan works, but see the warnings above.',
				default => 'The connection works.',
			});
		}
		return $works ? self::SUCCESS : self::FAILURE;
	}

	private function show(Finding $finding, OutputInterface $output): void {
		$output->writeln(self::MARKS[$finding->severity] . '  ' . OutputFormatter::escape($finding->message));
		if ($finding->severity === Finding::OK && !$output->isVerbose()) {
			return;
		}
		$details = ['tried' => $finding->tried, 'came back' => $finding->cameBack, 'fix' => $finding->fix];
		foreach (array_filter($details) as $what => $detail) {
			$output->writeln(sprintf('         %-10s %s', $what . ':', OutputFormatter::escape($detail)));
		}
	}
}
