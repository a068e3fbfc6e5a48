<?php

declare(strict_types=1);

/**
 * Owns what the settings alone tell: addresses and secret, before anything is called.
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

namespace OCA\Auzolan\Diagnosis;

use OCA\Auzolan\Config\Lexicon;
use OCA\Auzolan\Service\Address;
use OCA\Auzolan\Service\Pairing;
use OCA\Auzolan\Service\Token;
use OCP\IL10N;

final class AddressChecks {
	public function __construct(
		private readonly Pairing $pairing,
		private readonly Token $token,
		private readonly IL10N $l10n,
	) {
	}

	/** @return list<Finding> */
	public function run(): array {
		$findings = [$this->address()];
		if ($this->pairing->base() !== '') {
			$findings = [...$findings, $this->secret(), $this->inside(), $this->https(), $this->ownAddress()];
		}
		return array_values(array_filter($findings));
	}

	private function address(): Finding {
		$public = $this->pairing->typed(Lexicon::SERVER_URL);
		$internal = $this->pairing->typed(Lexicon::SERVER_INTERNAL_URL);
		$settings = "server_url = $public, server_internal_url = $internal";
		if ($public === '' && $internal === '') {
			return new Finding(
				'address',
				Finding::INFO,
				$this->l10n->t('Auzolan is not connected: it does not know the address of a sync server yet.'),
				$settings,
				fix: $this->l10n->t('Run “occ auzolan:setup” with the address, or press “Connect” in the administration settings.'),
			);
		}
		$unusable = ($public !== '' && $this->pairing->publicAddress() === null)
			|| ($internal !== '' && $this->pairing->internalAddress() === null);
		if ($unusable) {
			return new Finding(
				'address',
				Finding::ERROR,
				$this->l10n->t('The address of the sync server cannot be used.'),
				$settings,
				fix: $this->l10n->t('Use an address such as https://cloud.example.org/auzolan, without user name or question mark.'),
			);
		}
		if ($public === '') {
			return new Finding(
				'address',
				Finding::INFO,
				$this->l10n->t('Only an internal address is known: everything goes through Nextcloud, which is slower.'),
				$settings,
				fix: $this->l10n->t('When the proxy passes a path to the sync server, set it as the public address.'),
			);
		}
		return new Finding('address', Finding::OK, $this->l10n->t('The address of the sync server is set.'), $settings);
	}

	private function secret(): Finding {
		$tried = $this->pairing->hasSecretFile() ? 'config.php: auzolan, secret_file' : 'secret';
		return $this->pairing->secret() !== ''
			? new Finding('secret', Finding::OK, $this->l10n->t('There is a secret to share with the sync server.'), $tried)
			: new Finding(
				'secret',
				Finding::ERROR,
				$this->l10n->t('There is no secret to share with the sync server, or it is too short or unreadable.'),
				$tried,
				fix: $this->l10n->t('Run “occ auzolan:setup”, which makes one.'),
			);
	}

	/** `http://auzolan:8790` typed as the public address works from Nextcloud, and from no browser. */
	private function inside(): ?Finding {
		$public = $this->pairing->publicAddress();
		$nextcloud = Address::parse($this->token->issuer());
		if ($public === null || !$public->isInside() || $nextcloud === null || $nextcloud->isInside()) {
			return null;
		}
		return new Finding(
			'public-address',
			Finding::WARNING,
			$this->l10n->t('The public address only works inside your network, while Nextcloud is public.'),
			$public->url(),
			$public->host,
			$this->l10n->t('Set the address that browsers use, and this one as the internal address.'),
		);
	}

	private function https(): ?Finding {
		$public = $this->pairing->publicAddress();
		if ($public === null || $public->scheme === 'https' || $public->isLoopback() || !str_starts_with($this->token->issuer(), 'https://')) {
			return null;
		}
		return new Finding(
			'https',
			Finding::ERROR,
			$this->l10n->t('Browsers refuse this: Nextcloud is on https, the sync server on http.'),
			$public->url(),
			$this->token->issuer(),
			$this->l10n->t('Use https for the public address; a path of Nextcloud’s own host has it already.'),
		);
	}

	/** A server on a host of its own lets pages of one address call it, and no others. */
	private function ownAddress(): ?Finding {
		$issuer = $this->token->issuer();
		$opened = $this->token->opened();
		$public = $this->pairing->publicAddress();
		$ownHost = $public !== null && !str_starts_with($public->url() . '/', $opened . '/');
		if ($opened === $issuer || PHP_SAPI === 'cli' || !$ownHost) {
			return null;
		}
		return new Finding(
			'nextcloud-address',
			Finding::WARNING,
			$this->l10n->t('You have opened Nextcloud at another address than the one that the sync server knows; from here it can only be reached through Nextcloud, which is slower.'),
			'config.php: overwrite.cli.url',
			$opened . ' / ' . $issuer,
			$this->l10n->t('Open Nextcloud at the second address; or, if people use the first one, set “overwrite.cli.url” to it and give the server its new environment.'),
		);
	}
}
