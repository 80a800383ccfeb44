# A driver (see ./observe.mjs) of hubspot-api-client: ruby.rb DIRECTORY, where the SDK is, or none where it is installed.
require "json"
require "uri"
$LOAD_PATH.unshift(File.join(ARGV[0], "lib")) if ARGV[0]
require "hubspot-api-client"
require "typhoeus"

FIELDS = {
  "id" => "id", "status" => "status", "taskId" => "task_id", "startedAt" => "started_at", "completedAt" => "completed_at",
  "numErrors" => "num_errors", "errors" => "errors", "links" => "links", "result" => "result",
  "result.size" => "result.size", "result.id" => "result.id", "progress" => "progress"
}.freeze

RETRY = { 429 => { max_retries: 2, seconds_delay: 1 }, 500..599 => { max_retries: 2, seconds_delay: 1 } }.freeze

KEPT = {}

# In a module: a method of the top level would be one of every object.
module Driver
  module_function

  def files_api(request)
    key = [request["base"], request["token"]]
    return KEPT[key] if KEPT[key]
    base = URI(request["base"])
    token = request["token"]
    timeout = request["timeoutSeconds"]
    # docs
    client = Hubspot::Client.new(access_token: token)
    api = client.files.files_api
    api.config.scheme = base.scheme
    api.config.host = "#{base.host}:#{base.port}"
    api.config.base_path = base.path
    api.config.timeout = timeout # in seconds; 0 means no limit
    api.config.server_index = nil # else https://api.hubapi.com, whatever host says
    # end
    KEPT[key] = api if request["kept"]
    api
  end

  def call(request)
    try(files_api(request), request)
  end

  def try(api, request)
    params = request["retries"] ? { retry: RETRY } : {}
    if request["call"] == "poll"
      shown(api.check_import(task_id: request["id"], **params))
    else
      body = { url: "https://example.com/cat.png", access: "PRIVATE", folderPath: "/library" }
      shown(api.import_from_url(body: body, **params))
    end
  rescue StandardError => e
    failure(e)
  end

  def failure(error)
    category = (JSON.parse(error.response_body)["category"] rescue nil)
    { error: error.class.name.split("::").last, code: error.respond_to?(:code) ? error.code : nil, category: category }
  end

  def shown(value)
    return failure(value).merge(returned: true) if value.is_a?(Exception)
    return { value: value.inspect } unless value.respond_to?(:to_hash) && value.class.respond_to?(:openapi_types)
    { model: value.class.name.split("::").last, fields: FIELDS.to_h { |name, path| [name, literal(value, path)] } }
  end

  def literal(value, path)
    value = path.split(".").reduce(value) { |here, name| here.is_a?(Hash) ? here[name.to_sym] : (here.public_send(name) if here.respond_to?(name)) }
    case value
    when Array then "Array(#{value.size})"
    when nil, Numeric, String then value.inspect
    when Hash then value.inspect.size < 40 ? value.inspect : "Hash"
    else value.class.name.split("::").last
    end
  end
end

$stdout.sync = true
while (line = $stdin.gets)
  request = JSON.parse(line)
  answer = request["call"] ? Driver.call(request) : { sdk: "Ruby #{Hubspot::VERSION}", runtime: "Ruby #{RUBY_VERSION}, Typhoeus #{Typhoeus::VERSION}, libcurl #{Ethon::Curl.version[/libcurl.(\S+)/, 1]}" }
  puts JSON.generate(answer)
end
