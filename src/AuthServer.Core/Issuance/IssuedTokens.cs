using AuthServer.Core.Authorizations;
using AuthServer.Core.Clients;
using AuthServer.Core.Organizations;
using AuthServer.Core.Resources;
using AuthServer.Core.Users;

namespace AuthServer.Core.Issuance;

/// <summary>What a token request ends in, RFC 6749 §5.1. Signed already; stored by the grant, in the transaction that spends what it was exchanged for.</summary>
public sealed record IssuedTokens
{
    /// <summary>Who has them; for the audit log.</summary>
    public required TokenHolder Holder { get; init; }

    public required Secret AccessToken { get; init; }

    /// <summary>The row of an opaque access token; null for a JWT, which is not stored.</summary>
    public Token? Stored { get; init; }

    /// <summary>The access token is bound to a key: its <c>token_type</c> is DPoP (RFC 9449 §5).</summary>
    public bool IsBound { get; init; }

    /// <summary>Seconds.</summary>
    public required int ExpiresIn { get; init; }
    public required Scopes Scopes { get; init; }
    public Secret? IdToken { get; init; }
    public Secret? RefreshToken { get; init; }
}

/// <summary>For whom tokens are: a client, at an API, for a user or in its own name.</summary>
public sealed record TokenHolder(Client Client, ResourceServer? Api, Organization? Organization, User? User);
