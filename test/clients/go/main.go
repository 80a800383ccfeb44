// A driver (see ../observe.mjs) of go-hubspot, which is generated from HubSpot's OpenAPI document.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"reflect"
	"runtime"
	"strings"
	"time"

	hubspot "github.com/killean-johnson/go-hubspot"
	"github.com/killean-johnson/go-hubspot/generated/v3/files"
)

type request struct {
	Call, Base, Token, Id string
	Retries               bool
	TimeoutSeconds        int
}

type answer map[string]interface{}

func call(request request) answer {
	if request.Retries {
		return answer{"lacking": true}
	}
	base, token := request.Base, request.Token
	timeout := time.Duration(request.TimeoutSeconds) * time.Second
	// docs
	configuration := files.NewConfiguration()
	configuration.Servers = files.ServerConfigurations{{URL: base}}
	configuration.HTTPClient = &http.Client{Timeout: timeout}
	client := files.NewAPIClient(configuration)
	ctx := hubspot.WithAuthorizer(context.Background(), hubspot.NewTokenAuthorizer(token))
	// end
	if request.Call == "poll" {
		task, response, err := client.FilesAPI.GetFilesV3FilesImportFromUrlAsyncTasksTaskIdStatusCheckImport(ctx, request.Id).Execute()
		return shown(task, response, err)
	}
	input := files.NewImportFromUrlInput("PRIVATE", "https://example.com/cat.png")
	input.SetFolderPath("/library")
	locator, response, err := client.FilesAPI.PostFilesV3FilesImportFromUrlAsyncImportFromUrl(ctx).ImportFromUrlInput(*input).Execute()
	return shown(locator, response, err)
}

func shown(value interface{}, response *http.Response, err error) answer {
	if err != nil {
		return failure(response, err)
	}
	found := reflect.ValueOf(value)
	if found.IsNil() {
		return answer{"value": "nil"}
	}
	fields := answer{}
	for _, path := range []string{"Id", "Status", "TaskId", "StartedAt", "CompletedAt", "NumErrors", "Errors", "Links", "Result", "Result.Size", "Result.Id"} {
		fields[nameOf(path)] = literal(at(found, strings.Split(path, ".")))
	}
	fields["progress"] = "no such field"
	return answer{"model": found.Elem().Type().Name(), "fields": fields}
}

// nameOf turns Result.Size into result.size, as HubSpot writes it.
func nameOf(path string) string {
	names := strings.Split(path, ".")
	for i, name := range names {
		names[i] = strings.ToLower(name[:1]) + name[1:]
	}
	return strings.Join(names, ".")
}

func failure(response *http.Response, err error) answer {
	told := answer{"error": strings.SplitN(err.Error(), "\n", 2)[0], "returned": true}
	if response != nil {
		told["code"] = response.StatusCode
	}
	var transport *url.Error
	var network *net.OpError
	if errors.As(err, &transport) || errors.As(err, &network) {
		told["error"] = strings.TrimPrefix(fmt.Sprintf("%T", err), "*")
	}
	if openapi, ok := err.(*files.GenericOpenAPIError); ok {
		if model, ok := openapi.Model().(files.Error); ok {
			told["category"] = model.Category
		}
	}
	return told
}

func at(value reflect.Value, path []string) reflect.Value {
	for _, name := range path {
		for value.Kind() == reflect.Ptr && !value.IsNil() {
			value = value.Elem()
		}
		if value.Kind() != reflect.Struct {
			return reflect.Value{}
		}
		value = value.FieldByName(name)
	}
	return value
}

func literal(value reflect.Value) string {
	if !value.IsValid() || value.Kind() == reflect.Ptr && value.IsNil() || value.Kind() == reflect.Slice && value.IsNil() {
		return "nil"
	}
	for value.Kind() == reflect.Ptr {
		value = value.Elem()
	}
	switch found := value.Interface().(type) {
	case string:
		return fmt.Sprintf("%q", found)
	case time.Time:
		if found.IsZero() {
			return "the zero time"
		}
		return "time.Time"
	}
	if value.Kind() == reflect.Struct {
		return value.Type().Name()
	}
	if value.Kind() == reflect.Slice {
		return fmt.Sprintf("[%d]", value.Len())
	}
	return fmt.Sprint(value.Interface())
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		asked := request{}
		if err := json.Unmarshal(lines.Bytes(), &asked); err != nil {
			panic(err)
		}
		told := answer{"sdk": "Go (killean-johnson/go-hubspot)", "runtime": "Go " + strings.TrimPrefix(runtime.Version(), "go")}
		if asked.Call != "" {
			told = call(asked)
		}
		text, _ := json.Marshal(told)
		fmt.Println(string(text))
	}
}
