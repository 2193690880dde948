using AuthServer.Core;
using AuthServer.Protocol.AccessTokens;
using AuthServer.Protocol.Dpop;
using AuthServer.Protocol.Validation;
using OpenIddict.Abstractions;

namespace AuthServer.Web.Management;

/// <summary>A client that calls the Management API with a token of its own.</summary>
internal sealed record ManagementPrincipal(string ClientId, Scopes Scopes)
{
    private static readonly string[] Schemes = ["Bearer ", DpopRequest.Scheme];

    public bool Has(string scope) => Scopes.Contains(scope);

    public static ValueTask<ManagementPrincipal?> BindAsync(HttpContext http) =>
        ValueTask.FromResult(http.Features.Get<ManagementPrincipal>());

    /// <summary>RFC 6750 §2.1 or RFC 9449 §7.1: a token in the body or the query is not read.</summary>
    /// <returns>The caller, or why there is none.</returns>
    public static async Task<(ManagementPrincipal? Caller, string? Error)> AuthenticateAsync(HttpContext http)
    {
        var header = http.Request.Headers.Authorization;
        if (header.Count == 0)
            return (null, "Missing authentication");
        if (header is not [{ } value] || !HasScheme(value))
            return (null, "Bad HTTP authentication header format");
        var (token, error) = await http.AuthenticateManagementTokenAsync();
        if (token is null)
            return (null, error);
        return (new ManagementPrincipal(token.ClientId!, Scopes.Of(token.GetScopes())), null);
    }

    private static bool HasScheme(string header) =>
        Array.Exists(Schemes, scheme => header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase));
}
