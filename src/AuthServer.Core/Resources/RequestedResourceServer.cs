using AuthServer.Core.Model;
using AuthServer.Core.Tenants;

namespace AuthServer.Core.Resources;

/// <summary>The API that a request is about.</summary>
/// <param name="Identifier">Stored form; null when neither the request nor the tenant names one.</param>
/// <param name="Api">Null when there is none of that name.</param>
public sealed record RequestedResourceServer(string? Identifier, ResourceServer? Api)
{
    public static RequestedResourceServer None { get; } = new(null, null);

    /// <summary>Why <c>resource</c> can't be followed (RFC 8707 §2).</summary>
    public OAuthError? Refusal { get; private init; }

    /// <summary>
    /// Reads <c>audience</c> (Auth0's), <c>resource</c> (RFC 8707) and the tenant's default, in this order. A
    /// <c>resource</c> that names no API is refused in either profile: a token for something else would be sent to it
    /// (docs/decisions/0010).
    /// </summary>
    public static async Task<RequestedResourceServer> FindAsync(
        RequestParameters parameters, Tenant tenant, IResourceServerStore apis, CancellationToken ct)
    {
        if (parameters["resource"]?.Contains(' ', StringComparison.Ordinal) == true)
        {
            return None with
            {
                Refusal = OAuthError.InvalidTarget("Only one resource can be requested: a token is for one API"),
            };
        }

        var audience = parameters["audience"] is { } named ? tenant.Issuer.Stored(named) : null;
        if (parameters["resource"] is { } resource
            && (audience is null || tenant.Settings.ResourceParameterProfile == ResourceParameterProfiles.Compatibility)
        )
        {
            if (await FindByResourceAsync(resource, tenant.Issuer, apis, ct) is not { } api)
                return None with
                {
                    Refusal = OAuthError.InvalidTarget($"The resource is not a registered API: {resource}"),
                };
            return audience is null || audience == api.Identifier
                ? new RequestedResourceServer(api.Identifier, api)
                : None with { Refusal = OAuthError.InvalidTarget("resource and audience name different APIs") };
        }

        audience ??= tenant.Settings.DefaultAudience;
        return audience is null ? None : new RequestedResourceServer(audience, await apis.FindAsync(audience, ct));
    }

    /// <summary>
    /// Whether a <c>resource</c> parameter means the API of this stored identifier; a trailing slash makes no
    /// difference.
    /// </summary>
    public static bool IsNamedBy(string resource, string? identifier) =>
        identifier is not null && string.Equals(Bare(resource), Bare(identifier), StringComparison.Ordinal);

    private static async Task<ResourceServer?> FindByResourceAsync(
        string resource, Issuer issuer, IResourceServerStore apis,
        CancellationToken ct) =>
        await apis.FindAsync(issuer.Stored(resource), ct)
        ?? await apis.FindAsync(issuer.Stored(resource.EndsWith('/') ? resource[..^1] : resource + "/"), ct);

    private static string Bare(string identifier) => identifier.EndsWith('/') ? identifier[..^1] : identifier;
}
