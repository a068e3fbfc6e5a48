<?php

declare(strict_types=1);

/**
 * Owns `occ auzolan:setup`: sets the addresses, makes the secret, prints what the sync server and the proxy need.
 *
 * It asks nothing, so that scripts can run it; run again, it changes only what it is told to change.
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

namespace OCA\Auzolan\Command;

use OCA\Auzolan\Config\Lexicon;
use OCA\Auzolan\Service\Address;
use OCA\Auzolan\Service\Archive;
use OCA\Auzolan\Service\Installation;
use OCA\Auzolan\Service\Pairing;
use Symfony\Component\Console\Command\Command;
use Symfony\Component\Console\Input\InputArgument;
use Symfony\Component\Console\Input\InputInterface;
use Symfony\Component\Console\Input\InputOption;
use Symfony\Component\Console\Output\ConsoleOutputInterface;
use Symfony\Component\Console\Output\OutputInterface;

final class Setup extends Command {
	public function __construct(
		private readonly Pairing $pairing,
		private readonly Installation $installation,
		private readonly Archive $archive,
	) {
		parent::__construct();
	}

	protected function configure(): void {
		$this->setName('auzolan:setup')
			->setDescription('Connect Auzolan to its sync server: set the addresses, make the secret')
			->addArgument('url', InputArgument::OPTIONAL, 'Public address of the sync server, e.g. https://cloud.example.org/auzolan')
			->addOption('internal-url', null, InputOption::VALUE_REQUIRED, 'Address at which Nextcloud reaches the server, when it is another one, e.g. http://127.0.0.1:8790; "" removes it')
			->addOption('show-env', null, InputOption::VALUE_NONE, 'Print the environment file of the server, and nothing else')
			->addOption('rotate-secret', null, InputOption::VALUE_NONE, 'Make a new secret; the old one is accepted for ten minutes more')
			->addOption('archive-account', null, InputOption::VALUE_REQUIRED, 'Account in whose Files approved versions are archived; "" ends it')
			->addOption('archive-folder', null, InputOption::VALUE_REQUIRED, 'Folder of that account, e.g. Archive/Plans; it is made if there is none')
			->addOption('proxy', null, InputOption::VALUE_REQUIRED, 'Print the lines for this proxy, and nothing else: ' . implode(', ', Installation::PROXIES));
	}

	protected function execute(InputInterface $input, OutputInterface $output): int {
		// What is said goes to stderr, so that the environment file can be piped.
		$say = $output instanceof ConsoleOutputInterface ? $output->getErrorOutput() : $output;
		$proxy = $input->getOption('proxy');
		if ($proxy !== null && !in_array($proxy, Installation::PROXIES, true)) {
			return $this->fail($say, 'No such proxy: choose ' . implode(', ', Installation::PROXIES) . '.');
		}
		$addresses = [Lexicon::SERVER_URL => $input->getArgument('url'), Lexicon::SERVER_INTERNAL_URL => $input->getOption('internal-url')];
		foreach ($addresses as $key => $typed) {
			if ($typed !== null && $typed !== '' && Address::parse($typed) === null) {
				return $this->fail($say, '"' . $typed . '" cannot be used; an address looks like '
					. ($key === Lexicon::SERVER_URL ? 'https://cloud.example.org/auzolan.' : 'http://127.0.0.1:8790.'));
			}
			if ($typed !== null && $this->installation->isFixed($key)) {
				return $this->fail($say, $key . ' is set in config.php; change it there.');
			}
		}
		[$account, $folder] = [$input->getOption('archive-account'), $input->getOption('archive-folder')];
		if ($account !== null || $folder !== null) {
			$problem = $this->archive->choose(trim($account ?? $this->archive->account()), $folder ?? $this->archive->folder());
			if ($problem !== '') {
				return $this->fail($say, 'The folder for approved versions cannot be written: ' . $problem);
			}
		}
		foreach ($addresses as $key => $typed) {
			if ($typed !== null) {
				$this->pairing->setAddress($key, $typed);
			}
		}
		if ($input->getOption('rotate-secret') || $this->pairing->secret() === '') {
			if ($this->installation->isFixed(Lexicon::SECRET)) {
				return $this->fail($say, 'The secret is in the file that config.php names; write at least 32 characters there (openssl rand -hex 32).');
			}
			$this->pairing->newSecret();
			$say->writeln('A new secret was made. The server needs it: occ auzolan:setup --show-env');
		}
		if ($input->getOption('show-env')) {
			$output->write($this->installation->environment(), false, OutputInterface::OUTPUT_RAW);
		}
		if ($proxy !== null) {
			$output->write($this->installation->proxy($proxy), false, OutputInterface::OUTPUT_RAW);
		}
		if (!$input->getOption('show-env') && $proxy === null) {
			$this->summary($output);
		}
		return self::SUCCESS;
	}

	private function summary(OutputInterface $output): void {
		$fixed = fn (string $key): string => $this->installation->isFixed($key) ? '  (set in config.php)' : '';
		$shown = static fn (string $address): string => $address === '' ? 'not set' : $address;
		$output->writeln([
			'Public address:    ' . $shown($this->pairing->typed(Lexicon::SERVER_URL)) . $fixed(Lexicon::SERVER_URL),
			'Internal address:  ' . $shown($this->pairing->typed(Lexicon::SERVER_INTERNAL_URL)) . $fixed(Lexicon::SERVER_INTERNAL_URL),
			'Archive:           ' . ($this->archive->configured() ? $this->archive->account() . ': /' . $this->archive->folder() : 'not set'),
			'Secret:            set' . $fixed(Lexicon::SECRET),
			'',
			'Next:',
			'  occ auzolan:setup --show-env       the environment of the server',
			'  occ auzolan:setup --proxy nginx    the lines for the proxy (or apache, caddy, traefik)',
			'  occ auzolan:self-test              whether all of it works',
		]);
	}

	private function fail(OutputInterface $say, string $why): int {
		$say->writeln('<error>' . $why . '</error>');
		return self::FAILURE;
	}
}
