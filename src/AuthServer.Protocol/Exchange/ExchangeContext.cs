using AuthServer.Core;
using AuthServer.Core.Issuance;
using AuthServer.Core.Model;
using AuthServer.Core.Resources;

namespace AuthServer.Protocol.Exchange;

/// <summary>One check of a token request; it may load what the next ones need.</summary>
/// <returns>The error; null when the request may continue.</returns>
internal delegate ValueTask<OAuthError?> ExchangeRule(ExchangeContext context, CancellationToken ct);

/// <summary>
/// A token request of an authenticated client that may use the grant type, and what its rules have loaded.
/// </summary>
internal sealed class ExchangeContext
{
    public required Client Client { get; init; }
    public required RequestParameters Parameters { get; init; }
    public required DateTimeOffset Now { get; init; }

    /// <summary>Of the key that the client proved to have (RFC 9449); null without a proof.</summary>
    public string? KeyThumbprint { get; init; }

    /// <summary>The code or refresh token; null for grants without one.</summary>
    public Token? Presented { get; init; }

    /// <summary>The name under which attempts of the caller are counted.</summary>
    public required string Address { get; init; }

    /// <summary>The <c>scope</c> parameter; none when it is absent.</summary>
    public Scopes RequestedScopes { get; set; } = Scopes.None;

    /// <summary>The API that the request, or the tenant's default, names.</summary>
    public RequestedResourceServer Target { get; set; } = RequestedResourceServer.None;

    public ClientGrant? ClientGrant { get; set; }

    public Organization? Organization { get; set; }

    /// <summary>Whom tokens are issued for; null for a token of the client's own.</summary>
    public AuthorizationSubject? Subject { get; set; }

    public Scopes GrantedScopes { get; set; } = Scopes.None;

    /// <summary>None where no quota is set.</summary>
    public IReadOnlyList<QuotaReport> QuotaReports { get; set; } = [];
}
