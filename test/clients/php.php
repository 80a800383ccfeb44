<?php

// A driver (see ./observe.mjs) of hubspot/api-client: php.php AUTOLOAD, the autoload.php that finds the SDK and Guzzle.

ini_set('display_errors', 'stderr');
error_reporting(E_ERROR);
require $argv[1] ?? 'vendor/autoload.php';

use GuzzleHttp\HandlerStack;
use HubSpot\Client\Files\ApiException;
use HubSpot\Client\Files\Model\ImportFromUrlInput;
use HubSpot\Delay;
use HubSpot\RetryMiddlewareFactory;

const FIELDS = [
    'id', 'status', 'taskId', 'startedAt', 'completedAt', 'numErrors', 'errors', 'links', 'result', 'result.size', 'result.id', 'progress',
];

$kept = [];

function filesApi(array $request)
{
    global $kept;
    ['base' => $base, 'token' => $token] = $request;
    $stack = HandlerStack::create();
    if ($request['retries']) {
        $stack->push(RetryMiddlewareFactory::createRateLimitMiddleware(Delay::getConstantDelayFunction(1), 2));
        $stack->push(RetryMiddlewareFactory::createInternalErrorsMiddleware(null, 2));
        $stack->push(RetryMiddlewareFactory::createConnectionErrorsMiddleware(null, 2));
    }
    // One Guzzle client for a server, as in a program that runs on: it keeps the connections.
    $options = ['handler' => $stack, 'timeout' => $request['timeoutSeconds']];
    $guzzle = $kept["{$base} {$request['retries']} {$request['timeoutSeconds']}"] ??= new GuzzleHttp\Client($options);
    // docs
    $config = new HubSpot\Config();
    $config->setAccessToken($token);
    $config->setBasePath($base);
    $api = HubSpot\Factory::create($guzzle, $config)->files()->filesApi();
    // end
    return $api;
}

function call($api, array $request): array
{
    try {
        if ('poll' === $request['call']) {
            return shown($api->checkImport($request['id']));
        }
        $input = new ImportFromUrlInput(['url' => 'https://example.com/cat.png', 'access' => 'PRIVATE', 'folder_path' => '/library']);

        return shown($api->importFromUrl($input));
    } catch (Throwable $error) {
        if (!$error instanceof ApiException) {
            return ['error' => nameOf($error)];
        }
        $category = json_decode((string) $error->getResponseBody(), true)['category'] ?? null;

        return ['error' => nameOf($error), 'code' => $error->getCode(), 'category' => $category];
    }
}

function shown($value): array
{
    if (!is_object($value)) {
        return ['value' => literal($value)];
    }
    $fields = [];
    foreach (FIELDS as $path) {
        $at = $value;
        foreach (explode('.', $path) as $name) {
            $getter = 'get'.ucfirst($name);
            $at = is_object($at) && method_exists($at, $getter) ? $at->{$getter}() : null;
        }
        $fields[$path] = literal($at);
    }

    return ['model' => nameOf($value), 'fields' => $fields];
}

function literal($value): string
{
    if (is_object($value)) {
        return nameOf($value);
    }

    return is_array($value) && count($value) > 0 && is_object(reset($value)) ? 'array('.count($value).')' : json_encode($value, JSON_UNESCAPED_SLASHES);
}

function nameOf(object $value): string
{
    return (new ReflectionClass($value))->getShortName();
}

while (false !== ($line = fgets(STDIN))) {
    $request = json_decode($line, true);
    if (isset($request['call'])) {
        $answer = call(filesApi($request), $request);
    } else {
        $sdk = explode('; ', (new HubSpot\Config())->getUserAgent())[1];
        $answer = ['sdk' => "PHP {$sdk}", 'runtime' => 'PHP '.PHP_VERSION.', Guzzle '.GuzzleHttp\ClientInterface::MAJOR_VERSION.', libcurl '.curl_version()['version']];
    }
    echo json_encode($answer), "\n";
}
