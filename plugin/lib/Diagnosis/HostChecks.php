<?php

declare(strict_types=1);

/**
 * Owns what Auzolan needs of the Nextcloud around it: background jobs, and an audit log that keeps what it is told.
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

namespace OCA\Auzolan\Diagnosis;

use OCP\App\IAppManager;
use OCP\AppFramework\Utility\ITimeFactory;
use OCP\IAppConfig;
use OCP\IConfig;
use OCP\IL10N;

final class HostChecks {
	/** Cron runs every five minutes. */
	private const CRON_LATE_SECONDS = 900;
	private const AUDIT_APP = 'admin_audit';
	/** `admin_audit` writes at this level; Nextcloud's default is one above. */
	private const LEVEL_INFO = 1;
	private const LEVEL_DEFAULT = 2;

	public function __construct(
		private readonly IAppConfig $config,
		private readonly IConfig $system,
		private readonly IAppManager $apps,
		private readonly ITimeFactory $clock,
		private readonly IL10N $l10n,
	) {
	}

	/** @return list<Finding> */
	public function run(): array {
		return [$this->cron(), $this->audit()];
	}

	private function cron(): Finding {
		$mode = $this->config->getValueString('core', 'backgroundjobs_mode', 'ajax');
		$last = $this->config->getValueInt('core', 'lastcron');
		$minutes = intdiv($this->clock->getTime() - $last, 60);
		$cameBack = $mode . ($last === 0 ? '' : ', ' . $minutes . ' min');
		if ($mode === 'cron' && $minutes * 60 <= self::CRON_LATE_SECONDS) {
			return new Finding('cron', Finding::OK, $this->l10n->t('Background jobs run by cron.'), 'cron', $cameBack);
		}
		return new Finding(
			'cron',
			Finding::WARNING,
			$mode === 'cron'
				? $this->l10n->t('Background jobs are set to cron but have not run for a while.')
				: $this->l10n->t('Background jobs do not run by cron. When the sync server was away, it hears late of withdrawn access.'),
			'cron',
			$cameBack,
			$this->l10n->t('Set up cron as Nextcloud’s manual says (Administration settings, Basic settings).'),
		);
	}

	/** Finding this out when somebody asks who approved a document is too late. */
	private function audit(): Finding {
		$level = $this->system->getSystemValueInt('loglevel', self::LEVEL_DEFAULT);
		$condition = $this->system->getSystemValue('log.condition', []);
		$apps = is_array($condition) && is_array($condition['apps'] ?? null) ? $condition['apps'] : [];
		$cameBack = 'loglevel = ' . $level . ', log.condition = ' . json_encode($apps);
		if (!$this->apps->isEnabledForAnyone(self::AUDIT_APP)) {
			return new Finding('audit', Finding::OK, $this->l10n->t('Nextcloud’s audit log is off. The sync server keeps its own.'), self::AUDIT_APP, '-');
		}
		return $level <= self::LEVEL_INFO || in_array(self::AUDIT_APP, $apps, true)
			? new Finding('audit', Finding::OK, $this->l10n->t('Nextcloud’s audit log keeps what it is told.'), self::AUDIT_APP, $cameBack)
			: new Finding(
				'audit',
				Finding::WARNING,
				$this->l10n->t('Nextcloud’s audit log is on, but the log level drops its lines.'),
				self::AUDIT_APP,
				$cameBack,
				$this->l10n->t('In config.php, set “log.condition” to apps: admin_audit.'),
			);
	}
}
