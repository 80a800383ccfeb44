# Asks twice, over one connection or two, and prints what the caller is told the second time.
require "net/http"

kind, warm_up, method, url = ARGV
HEADERS = { "Authorization" => "Bearer any", "Content-Type" => "application/json" }
BODY = '{"url":"https://example.com/cat.png","access":"PRIVATE","folderPath":"/library"}'
uri = URI(url)

def once(http, method, uri)
  method == "POST" ? http.post(uri.path, BODY, HEADERS) : http.get(uri.path, HEADERS)
end

begin
  told =
    if kind == "kept"
      Net::HTTP.start(uri.host, uri.port) do |http|
        once(http, "GET", URI(warm_up))
        once(http, method, uri).code
      end
    else
      Net::HTTP.start(uri.host, uri.port) { |http| once(http, "GET", URI(warm_up)) }
      Net::HTTP.start(uri.host, uri.port) { |http| once(http, method, uri).code }
    end
rescue StandardError => error
  told = error.class
end
puts told
