<?php

declare(strict_types=1);

/**
 * Owns what Nextcloud learns about the app when it loads it.
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

namespace OCA\Auzolan\AppInfo;

use OCA\Auzolan\Calendar\PlanCalendarProvider;
use OCA\Auzolan\Capabilities;
use OCA\Auzolan\Config\Lexicon;
use OCA\Auzolan\Dashboard\WaitingWidget;
use OCA\Auzolan\Listener\DirectoryListener;
use OCA\Auzolan\Listener\EventTags;
use OCA\Auzolan\Notification\Notifier;
use OCA\Auzolan\Reference\HouseReferences;
use OCA\Auzolan\Search\HouseProvider;
use OCA\Auzolan\Service\House;
use OCA\Auzolan\Service\Keys;
use OCA\Auzolan\Service\SyncServer;
use OCA\Auzolan\Service\Token;
use OCA\Auzolan\SetupCheck\SyncServerCheck;
use OCA\Auzolan\UserMigration\Migrator;
use OCP\AppFramework\App;
use OCP\AppFramework\Bootstrap\IBootContext;
use OCP\AppFramework\Bootstrap\IBootstrap;
use OCP\AppFramework\Bootstrap\IRegistrationContext;

final class Application extends App implements IBootstrap {
	public const APP_ID = 'auzolan';

	public function __construct() {
		parent::__construct(self::APP_ID);
	}

	public function register(IRegistrationContext $context): void {
		$context->registerConfigLexicon(Lexicon::class);
		$context->registerCapability(Capabilities::class);
		$context->registerNotifierService(Notifier::class);
		$context->registerDashboardWidget(WaitingWidget::class);
		$context->registerCalendarProvider(PlanCalendarProvider::class);
		$context->registerSearchProvider(HouseProvider::class);
		$context->registerReferenceProvider(HouseReferences::class);
		$context->registerUserMigrator(Migrator::class);
		$context->registerSetupCheck(SyncServerCheck::class);
		foreach (DirectoryListener::EVENTS as $event) {
			$context->registerEventListener($event, DirectoryListener::class);
		}
		$context->registerEventListener(EventTags::EVENT, EventTags::class);
		// Where PHP keeps them, Nextcloud logs the arguments of every frame of an exception; those of `sign` hold the key.
		$context->registerSensitiveMethods(Token::class, ['mint', 'sign']);
		$context->registerSensitiveMethods(Keys::class, ['ofNextcloud', 'ofServer', 'derive']);
		$context->registerSensitiveMethods(SyncServer::class, ['relay', 'waiting', 'house', 'calendars', 'calendar', 'read', 'send']);
		// What somebody looks for is nobody's business.
		$context->registerSensitiveMethods(House::class, ['found', 'preview', 'asked']);
		$context->registerSensitiveMethods(HouseProvider::class, ['search']);
	}

	public function boot(IBootContext $context): void {
	}
}
