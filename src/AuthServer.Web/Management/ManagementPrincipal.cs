using AuthServer.Core;
using AuthServer.Protocol.AccessTokens;
using AuthServer.Protocol.Dpop;
using AuthServer.Protocol.Validation;
using OpenIddict.Abstractions;

namespace AuthServer.Web.Management;

/// <summary>The caller: a client with a token of its own, or an administrator at the dashboard.</summary>
internal sealed record ManagementPrincipal(string ClientId, Scopes Scopes)
{
    private static readonly string[] Schemes = ["Bearer ", DpopRequest.Scheme];

    /// <summary>The administrator; null for a client.</summary>
    public string? UserId { get; init; }

    /// <summary>The name by which the log shows the administrator.</summary>
    public string? UserName { get; init; }

    public bool Has(string scope) => Scopes.Contains(scope);

    public bool HasAny(IEnumerable<string> scopes) => scopes.Any(Has);

    public static ValueTask<ManagementPrincipal?> BindAsync(HttpContext http) =>
        ValueTask.FromResult(http.Features.Get<ManagementPrincipal>());

    /// <summary>RFC 6750 §2.1 or RFC 9449 §7.1: a token in the body or the query is not read.</summary>
    /// <returns>The caller, or the error why there is none.</returns>
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
