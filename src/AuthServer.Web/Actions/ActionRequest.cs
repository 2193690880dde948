using System.Collections.Frozen;
using System.Text.Json.Nodes;
using AuthServer.Core;
using AuthServer.Core.Logs;
using AuthServer.Core.Tenants;
using AuthServer.Protocol.Hosting;
using Microsoft.AspNetCore.Http.Features;

namespace AuthServer.Web.Actions;

/// <summary>
/// <c>event.request</c>: the HTTP request that a flow is in. Credentials and tokens in it are not shown to Actions.
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
        return isPost ? Describe([], parameters.All) : Describe(parameters.All, []);
    }

    /// <summary>A form of a page. The query of pages has handles of this server only.</summary>
    public JsonObject DescribeForm() => Describe([], FormOf(accessor.HttpContext));

    /// <summary>The return of a user from another application.</summary>
    public JsonObject DescribeReturn() => Describe(QueryOf(accessor.HttpContext), FormOf(accessor.HttpContext));

    private JsonObject Describe(
        IEnumerable<KeyValuePair<string, string>> query, IEnumerable<KeyValuePair<string, string>> body)
    {
        var json = new JsonObject
        {
            ["hostname"] = tenant.Issuer.Host,
            ["geoip"] = new JsonObject(),
            ["query"] = ObjectOf(query),
            ["body"] = ObjectOf(body),
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
        foreach (var (name, value) in pairs.Where(pair => !Secrets.Contains(pair.Key)))
            json[name] = Bounded(value);
        return json;
    }

    private static string Bounded(string text) => LogText.Bounded(text, MaxText)!;
}
