using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using AuthServer.Core;
using AuthServer.Core.Logs;
using AuthServer.Core.Tenants;
using AuthServer.Protocol.Hosting;
using AuthServer.Web.Pages;
using Microsoft.AspNetCore.Http.Features;

namespace AuthServer.Web.Actions;

/// <summary>
/// <c>event.request</c>: the HTTP request that a flow is in. Credentials and tokens in it are not shown to Actions, but
/// for those that another application gave to the user for the Action.
/// </summary>
internal sealed class ActionRequest(IHttpContextAccessor accessor, Tenant tenant)
{
    /// <summary>Bytes.</summary>
    private const int MaxText = 8 * 1024;

    private static readonly FrozenSet<string> Secrets = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "access_token", "actor_token", "assertion", "client_assertion", "client_secret", "code", "code_verifier",
        "csrf_token", "current", "id_token_hint", "invitation", "password", "refresh_token", "request",
        "subject_token", "ticket", "token");

    /// <summary>A request of the protocol.</summary>
    public JsonObject Describe(RequestParameters parameters)
    {
        var isPost = accessor.HttpContext is { } http && HttpMethods.IsPost(http.Request.Method);
        var shown = ObjectOf(parameters.All.Where(IsShown));
        return isPost ? Describe([], shown) : Describe(shown, []);
    }

    /// <summary>A form of a page. The query of pages has handles of this server only.</summary>
    public JsonObject DescribeForm() => Describe([], ObjectOf(FormOf(accessor.HttpContext).Where(IsShown)));

    /// <summary>A call of an API.</summary>
    /// <param name="body">A JSON object.</param>
    public JsonObject DescribeBody(JsonElement body)
    {
        var json = new JsonObject();
        foreach (var member in body.EnumerateObject().Where(member => !Secrets.Contains(member.Name)))
        {
            json[member.Name] = member.Value.ValueKind == JsonValueKind.String
                ? Bounded(member.Value.GetString()!)
                : JsonNode.Parse(member.Value.GetRawText());
        }

        return Describe([], json);
    }

    /// <summary>
    /// The return of a user from another application. Everything is shown: it is meant for the Action, under names that
    /// its administrator chose.
    /// </summary>
    public JsonObject DescribeReturn() =>
        Describe(ObjectOf(QueryOf(accessor.HttpContext)), ObjectOf(FormOf(accessor.HttpContext)));

    /// <summary>The language of the pages of a request; null outside of one.</summary>
    public string? LocaleOf(RequestParameters parameters) =>
        accessor.HttpContext is { } http ? PageLanguage.For(http, parameters["ui_locales"]).Name : null;

    private JsonObject Describe(JsonObject query, JsonObject body)
    {
        var json = new JsonObject
        {
            ["hostname"] = tenant.Issuer.Host,
            ["geoip"] = new JsonObject(),
            ["query"] = query,
            ["body"] = body,
        };
        if (accessor.HttpContext is not { Request: var request } http)
            return json;
        json["method"] = request.Method;
        if (http.Connection.RemoteIpAddress is { } address)
            json["ip"] = ClientAddress.Exact(address);
        if (request.Headers.UserAgent is [{ Length: > 0 } agent, ..])
            json["user_agent"] = Bounded(agent);
        if (request.Headers.AcceptLanguage is [{ Length: > 0 } language, ..])
            json["language"] = Bounded(language.Split(',', ';')[0]);
        return json;
    }

    private static IEnumerable<KeyValuePair<string, string>> QueryOf(HttpContext? http) =>
        http?.Request.Query.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.ToString())) ?? [];

    /// <summary>A form that was read already.</summary>
    private static IEnumerable<KeyValuePair<string, string>> FormOf(HttpContext? http) =>
        http?.Features.Get<IFormFeature>() is { Form: { } form }
            ? form.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.ToString()))
            : [];

    private static JsonObject ObjectOf(IEnumerable<KeyValuePair<string, string>> pairs)
    {
        var json = new JsonObject();
        foreach (var (name, value) in pairs)
            json[name] = Bounded(value);
        return json;
    }

    private static bool IsShown(KeyValuePair<string, string> parameter) => !Secrets.Contains(parameter.Key);

    private static string Bounded(string text) => LogText.Bounded(text, MaxText)!;
}
