<?php
// Asks twice over one connection, and prints what the caller is told the second time.
[, $warmUp, $method, $url] = $argv;
$body = '{"url":"https://example.com/cat.png","access":"PRIVATE","folderPath":"/library"}';
$handle = curl_init();
curl_setopt_array($handle, [CURLOPT_RETURNTRANSFER => true, CURLOPT_HTTPHEADER => ['Authorization: Bearer any', 'Content-Type: application/json']]);
curl_setopt($handle, CURLOPT_URL, $warmUp);
curl_exec($handle);
curl_setopt($handle, CURLOPT_URL, $url);
if ($method === 'POST') {
    curl_setopt($handle, CURLOPT_POSTFIELDS, $body);
}
$answer = curl_exec($handle);
echo $answer === false ? curl_strerror(curl_errno($handle)) : curl_getinfo($handle, CURLINFO_RESPONSE_CODE), "\n";
