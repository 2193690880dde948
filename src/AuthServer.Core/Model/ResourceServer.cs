using System.Diagnostics.CodeAnalysis;
using OpenIddict.EntityFrameworkCore.Models;

namespace AuthServer.Core.Model;

/// <summary>
/// An API that access tokens are for; Auth0's resource server. OpenIddict's scope entity, whose name is the identifier
/// of the API.
/// </summary>
public sealed class ResourceServer : OpenIddictEntityFrameworkCoreScope<Guid>
{
    private string? resources;

    /// <summary>24 hexadecimal digits, by which the Management API names it.</summary>
    public required string PublicId { get; set; }

    /// <summary>The name that administrators and users see.</summary>
    [AllowNull]
    public override required string DisplayName
    {
        get => base.DisplayName!;
        set => base.DisplayName = value;
    }

    /// <summary>
    /// View over the name: the <c>audience</c>; stored form, <see cref="Tenants.Issuer.Stored"/>. Immutable.
    /// </summary>
    public required string Identifier
    {
        get => Name!;
        init => Name = value;
    }

    /// <summary>Computed, not stored: a JSON array of the identifier. The setter ignores its value.</summary>
    public override string? Resources
    {
        get => resources ??= JsonText.WriteList([Identifier]);
        set { }
    }

    public IReadOnlyList<ApiScope> Scopes { get; set; } = [];

    /// <summary>Of its access tokens; one of <see cref="Algorithms.Signing"/>.</summary>
    public string SigningAlgorithm { get; set; } = Algorithms.Rs256;
    public bool AllowOfflineAccess { get; set; }

    /// <summary>False: first-party clients need consent too.</summary>
    public bool SkipConsentForVerifiableFirstPartyClients { get; set; } = true;

    /// <summary>Seconds.</summary>
    public int TokenLifetime { get; set; } = 86_400;

    /// <summary>Seconds; for the implicit flow.</summary>
    public int TokenLifetimeForWeb { get; set; } = 7_200;
    public string TokenDialect { get; set; } = TokenDialects.AccessToken;
    public bool EnforcePolicies { get; set; }

    /// <summary>Null: bearer tokens and bound ones alike.</summary>
    public ProofOfPossession? ProofOfPossession { get; set; }

    /// <summary>
    /// One of this server's own APIs: users get no tokens for it, and its identifier follows the issuer.
    /// </summary>
    public bool IsSystem { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public bool Defines(string scope) =>
        Scopes.Any(known => string.Equals(known.Value, scope, StringComparison.Ordinal));
}

/// <summary>A scope of an API, with the words that the consent page shows.</summary>
public sealed record ApiScope(string Value, string? Description);

/// <summary>
/// Whether access tokens for an API have to be bound to a key; Auth0's <c>proof_of_possession</c>, mechanism
/// <c>dpop</c>.
/// </summary>
/// <param name="Required">They have to.</param>
/// <param name="PublicClientsAlone">Those of confidential clients don't (<c>required_for</c>).</param>
public sealed record ProofOfPossession(bool Required, bool PublicClientsAlone)
{
    public bool IsNeededBy(Client client) => Required && (client.IsPublic || !PublicClientsAlone);
}

/// <summary>How an API's access tokens look.</summary>
public static class TokenDialects
{
    public const string AccessToken = "access_token";
    public const string AccessTokenAuthz = "access_token_authz";
    public const string Rfc9068 = "rfc9068_profile";
    public const string Rfc9068Authz = "rfc9068_profile_authz";
}
