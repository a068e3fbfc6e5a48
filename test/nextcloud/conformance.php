<?php

declare(strict_types=1);

/**
 * Owns the check of the app's classes against one version's OCP interfaces: php conformance.php <plugin> <OCP folder>.
 *
 * Loading a class already proves its parents and signatures. Imports and attributes are resolved late by PHP,
 * so a wrong one would only show on the route that needs it: they are looked up here.
 *
 * SPDX-FileCopyrightText: 2026 Auzolan contributors
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */

[, $plugin, $ocp] = $argv;

spl_autoload_register(static function (string $name) use ($plugin, $ocp): void {
	foreach (['OCA\\Auzolan\\' => $plugin . '/lib', 'OCP\\' => is_dir($ocp . '/OCP') ? $ocp . '/OCP' : $ocp] as $prefix => $folder) {
		$file = $folder . '/' . strtr(substr($name, strlen($prefix)), '\\', '/') . '.php';
		if (str_starts_with($name, $prefix) && is_file($file)) {
			require_once $file;
		}
	}
	// The interfaces of OCP extend those of PSR, which come with a server and not with OCP.
	if (preg_match('/^(Psr\\\\.+)\\\\(\w+)$/', $name, $psr) === 1) {
		eval("namespace $psr[1]; interface $psr[2] {}");
	}
	// Neither OCP nor PSR, and yet in the interface of Files.
	if ($name === 'OC\\Hooks\\Emitter') {
		eval('namespace OC\\Hooks; interface Emitter {}');
	}
	// The console of Symfony comes with a server as well; its abstract classes and interfaces demand nothing that we leave out.
	if (preg_match('/^(Symfony\\\\.+)\\\\(\w+)$/', $name, $symfony) === 1) {
		eval("namespace $symfony[1]; " . (str_ends_with($symfony[2], 'Interface') ? 'interface' : 'class') . " $symfony[2] {}");
	}
});

$exists = static fn (string $name): bool => class_exists($name) || interface_exists($name) || enum_exists($name) || trait_exists($name);
$problems = [];
$classes = 0;

/** @var SplFileInfo $file */
foreach (new RecursiveIteratorIterator(new RecursiveDirectoryIterator($plugin . '/lib', FilesystemIterator::SKIP_DOTS)) as $file) {
	if ($file->getExtension() !== 'php') {
		continue;
	}
	$class = 'OCA\\Auzolan\\' . strtr(substr($file->getPathname(), strlen($plugin . '/lib/'), -4), '/', '\\');
	if (!$exists($class)) {
		$problems[] = $class . ' is not in ' . $file->getFilename();
		continue;
	}
	$classes++;
	preg_match_all('/^use ([\w\\\\]+);/m', (string)file_get_contents($file->getPathname()), $imports);
	foreach ($imports[1] as $import) {
		if (!$exists($import)) {
			$problems[] = $class . ' imports ' . $import . ', which does not exist';
		}
	}
	foreach ((new ReflectionClass($class))->getMethods() as $method) {
		foreach ($method->class === $class ? $method->getAttributes() : [] as $attribute) {
			try {
				$attribute->newInstance();
			} catch (Error $error) {
				$problems[] = $class . '::' . $method->name . ': ' . $error->getMessage();
			}
		}
	}
}

echo json_encode(['classes' => $classes, 'problems' => $problems], JSON_THROW_ON_ERROR), "\n";
