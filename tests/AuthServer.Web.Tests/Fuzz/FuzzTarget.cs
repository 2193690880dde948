using System.Text.Json.Nodes;
using AuthServer.TestKit;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenIddict.Server;

namespace AuthServer.Web.Tests.Fuzz;

/// <summary>An endpoint to which a body can be sent.</summary>
/// <param name="Method">One that may have a body.</param>
/// <param name="Pattern">Its route.</param>
internal sealed record FuzzTarget(string Method, RoutePattern Pattern)
{
    private static readonly string[] WithBody = ["GET", "POST", "PUT", "PATCH", "DELETE"];

    public bool IsManagement => Path(_ => "x").StartsWith("/api/v2/", StringComparison.Ordinal);

    /// <summary>The resource of the Management API: the first segment of its path.</summary>
    public string Resource => Path(_ => "x").Split('/')[3];

    /// <summary>Every endpoint: those of routing, and those that OpenIddict answers.</summary>
    public static IReadOnlyList<FuzzTarget> AllOf(TestServer server)
    {
        var routes = server.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .OfType<RouteEndpoint>()
            .SelectMany(route => MethodsOf(route).Select(method => new FuzzTarget(method, route.RoutePattern)));
        var options = server.Services.GetRequiredService<IOptionsMonitor<OpenIddictServerOptions>>().CurrentValue;
        var protocol = new[]
        {
            options.AuthorizationEndpointUris, options.PushedAuthorizationEndpointUris, options.TokenEndpointUris,
            options.IntrospectionEndpointUris, options.RevocationEndpointUris, options.UserInfoEndpointUris,
            options.EndSessionEndpointUris, options.DeviceAuthorizationEndpointUris,
            options.EndUserVerificationEndpointUris, options.ConfigurationEndpointUris,
            options.JsonWebKeySetEndpointUris,
        };
        return
        [
            .. routes
                .Concat(protocol.SelectMany(uris => uris).Select(uri => OfProtocol(uri.OriginalString)))
                .DistinctBy(target => (target.Method, "/" + target.Pattern.RawText!.TrimStart('/')))
                .OrderBy(target => target.Pattern.RawText, StringComparer.Ordinal)
                .ThenBy(target => target.Method, StringComparer.Ordinal),
        ];
    }

    /// <summary>The path with a value in the place of each parameter.</summary>
    public string Path(Func<string, string> valueOf) => "/" + string.Join('/', Pattern.PathSegments.Select(segment =>
        string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternSeparatorPart separator => separator.Content,
            RoutePatternParameterPart parameter => Uri.EscapeDataString(valueOf(parameter.Name)),
            _ => "",
        }))));

    private static FuzzTarget OfProtocol(string path) => new("POST", RoutePatternFactory.Parse(path));

    private static IEnumerable<string> MethodsOf(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<HttpMethodMetadata>() is { HttpMethods: { Count: > 0 } methods }
            ? methods.Intersect(WithBody, StringComparer.Ordinal)
            : WithBody;
}

/// <summary>Objects of the Management API, by resource: members that get past the first check of a body.</summary>
internal sealed class KnownMembers
{
    private static readonly string[] IdMembers = ["client_id", "user_id", "id"];

    private readonly Dictionary<string, List<KeyValuePair<string, JsonNode?>>> members = new(StringComparer.Ordinal);

    public static async Task<KnownMembers> ReadAsync(ManagementScenario api, IEnumerable<string> resources)
    {
        var known = new KnownMembers();
        foreach (var resource in resources.Distinct(StringComparer.Ordinal))
        {
            var answer = await api.GetAsync(resource == "tenants" ? "tenants/settings" : resource);
            var shown = answer.Json is JsonArray list ? list.FirstOrDefault() : answer.Json;
            known.members[resource] = answer.Status == 200 && shown is JsonObject json ? [.. json] : [];
        }

        Assert.NotEmpty(known.Of("clients"));
        return known;
    }

    public IReadOnlyList<KeyValuePair<string, JsonNode?>> Of(string resource) =>
        members.GetValueOrDefault(resource) ?? [];

    /// <summary>A row that there is; null when there is none.</summary>
    public string? IdOf(string resource) => IdMembers
        .Select(name => Of(resource).FirstOrDefault(member => member.Key == name).Value?.ToString())
        .FirstOrDefault(id => id is not null);
}
