using System.Diagnostics.CodeAnalysis;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace AuthServer.Core.Model;

/// <content>
/// What OpenIddict knows of a client. The views share its columns and are parsed once an instance; the rest is computed
/// from Auth0's
/// members and not stored.
/// </content>
public sealed partial class Client
{
    private IReadOnlyList<string>? callbacks;
    private IReadOnlyList<string>? allowedLogoutUrls;
    private byte[]? secretHash;
    private string? permissions;

    /// <summary>32 letters and digits.</summary>
    [AllowNull]
    public override required string ClientId
    {
        get => base.ClientId!;
        set => base.ClientId = value;
    }

    /// <summary>View over the display name.</summary>
    public required string Name
    {
        get => DisplayName ?? "";
        set => DisplayName = value;
    }

    /// <summary>A JSON array.</summary>
    public override string? RedirectUris
    {
        get => base.RedirectUris;
        set => (base.RedirectUris, callbacks) = (value, null);
    }

    /// <summary>View over the redirect URIs, RFC 6749 §3.1.2.2.</summary>
    public IReadOnlyList<string> Callbacks
    {
        get => callbacks ??= JsonText.ReadList(base.RedirectUris);
        set => (base.RedirectUris, callbacks) = (JsonText.WriteList(value), value);
    }

    /// <summary>A JSON array.</summary>
    public override string? PostLogoutRedirectUris
    {
        get => base.PostLogoutRedirectUris;
        set => (base.PostLogoutRedirectUris, allowedLogoutUrls) = (value, null);
    }

    /// <summary>View over the post-logout redirect URIs.</summary>
    public IReadOnlyList<string> AllowedLogoutUrls
    {
        get => allowedLogoutUrls ??= JsonText.ReadList(base.PostLogoutRedirectUris);
        set => (base.PostLogoutRedirectUris, allowedLogoutUrls) = (JsonText.WriteList(value), value);
    }

    /// <summary>View over the JSON web key set: the client's public keys, RFC 7591 §2.</summary>
    public string? Jwks
    {
        get => JsonWebKeySet;
        set => JsonWebKeySet = value;
    }

    /// <summary>Base64 of the SHA-256 of the secret; null for a client without one.</summary>
    public override string? ClientSecret
    {
        get => base.ClientSecret;
        set => (base.ClientSecret, secretHash) = (value, null);
    }

    /// <summary>View over the client secret: what a presented one is compared with.</summary>
    public byte[]? SecretHash
    {
        get => secretHash ??= base.ClientSecret is { } stored ? Convert.FromBase64String(stored) : null;
        set => (base.ClientSecret, secretHash) = (value is null ? null : Convert.ToBase64String(value), value);
    }

    /// <summary>Computed; what is set is ignored.</summary>
    public override string? ClientType
    {
        get => IsPublic ? ClientTypes.Public : ClientTypes.Confidential;
        set { }
    }

    /// <inheritdoc cref="ClientType"/>
    public override string? ApplicationType
    {
        get => AppType == AppTypes.Native ? ApplicationTypes.Native : ApplicationTypes.Web;
        set { }
    }

    /// <inheritdoc cref="ClientType"/>
    public override string? ConsentType
    {
        get => IsFirstParty ? ConsentTypes.Implicit : ConsentTypes.Explicit;
        set { }
    }

    /// <inheritdoc cref="ClientType"/>
    public override string? Permissions
    {
        get => permissions ??= ClientPermissions.Of(GrantTypes, IsStrict ? ["code"] : ResponseTypes);
        set { }
    }

    /// <inheritdoc cref="ClientType"/>
    public override string? Requirements
    {
        get => ClientPermissions.Required(IsPublic || !IsFirstParty || RequirePkce, RequirePushedAuthorizationRequests);
        set { }
    }
}
