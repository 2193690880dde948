using System.Collections.Frozen;
using System.Text.Json.Nodes;
using AuthServer.Core;
using AuthServer.Core.Tenants;
using AuthServer.Protocol.Hosting;
using Microsoft.AspNetCore.Http.Features;

namespace AuthServer.Web.Actions;

/// <summary>
/// <c>event.request</c>: the HTTP request that a flow is in. Credentials and tokens in it are not shown to Actions.
/// </summary>
internal sealed class ActionRequest(IHttpContextAccessor accessor, Tenant tenant)
{
    private const int MaxText = 8 * 1024;

    private static readonly FrozenSet<string> Secrets = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "access_token", "actor_token", "assertion", "client_assertion", "client_secret", "code", "code_verifier",
        "current", "id_token_hint", "password", "refresh_token", "request", "subject_token", "token");

    /// <param name="parameters">Those of the flow; null for the form of the request.</param>
    public JsonObject Describe(RequestParameters? parameters)
    {
        var json = new JsonObject { ["hostname"] = tenant.Issuer.Host, ["geoip"] = new JsonObject() };
        if (accessor.HttpContext is not { Request: var request } http)
            return json;
        var isPost = HttpMethods.IsPost(request.Method);
        json["method"] = request.Method;
        json["query"] = ObjectOf(isPost || parameters is null ? QueryOf(request) : parameters.All);
        json["body"] = ObjectOf(!isPost ? [] : parameters is null ? FormOf(request) : parameters.All);
        if (http.Connection.RemoteIpAddress is { } address)
            json["ip"] = ClientAddress.Exact(address);
        if (request.Headers.UserAgent is [{ Length: > 0 } agent, ..])
            json["user_agent"] = Bounded(agent);
        if (request.Headers.AcceptLanguage is [{ Length: > 0 } language, ..])
            json["language"] = Bounded(language.Split(',', ';')[0]);
        return json;
    }

    private static IEnumerable<KeyValuePair<string, string>> QueryOf(HttpRequest request) =>
        request.Query.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.ToString()));

    /// <summary>A form that the endpoint has read already.</summary>
    private static IEnumerable<KeyValuePair<string, string>> FormOf(HttpRequest request) =>
        request.HttpContext.Features.Get<IFormFeature>() is { Form: { } form }
            ? form.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.ToString()))
            : [];

    private static JsonObject ObjectOf(IEnumerable<KeyValuePair<string, string>> pairs)
    {
        var json = new JsonObject();
        foreach (var (name, value) in pairs.Where(pair => !Secrets.Contains(pair.Key)))
            json[name] = Bounded(value);
        return json;
    }

    private static string Bounded(string text) => text.Length > MaxText ? text[..MaxText] : text;
}
