using System.Collections.Frozen;
using Constants = OpenIddict.Abstractions.OpenIddictConstants;

namespace AuthServer.Core.Model;

/// <summary>The values that members of a client may have.</summary>
public static class ClientVocabulary
{
    public const string PasswordRealm = "http://auth0.com/oauth/grant-type/password-realm";

    /// <summary>The grant types of this server.</summary>
    public static IReadOnlyList<string> SupportedGrantTypes { get; } =
    [
        Constants.GrantTypes.AuthorizationCode,
        Constants.GrantTypes.RefreshToken,
        Constants.GrantTypes.ClientCredentials,
        Constants.GrantTypes.Implicit,
        Constants.GrantTypes.Password,
        PasswordRealm,
    ];

    /// <summary>
    /// Auth0's grant types. Those that this server does not serve yet are stored for the day when it does.
    /// </summary>
    public static FrozenSet<string> GrantTypes { get; } = FrozenSet.Create(
        StringComparer.Ordinal,
        [
            .. SupportedGrantTypes,
            "http://auth0.com/oauth/grant-type/mfa-oob",
            "http://auth0.com/oauth/grant-type/mfa-otp",
            "http://auth0.com/oauth/grant-type/mfa-recovery-code",
            "http://auth0.com/oauth/grant-type/passwordless/otp",
            "urn:ietf:params:oauth:grant-type:device_code",
            "urn:ietf:params:oauth:grant-type:token-exchange",
            "urn:ietf:params:oauth:grant-type:jwt-bearer",
            "urn:auth0:params:oauth:grant-type:token-exchange:federated-connection-access-token",
            "urn:openid:params:grant-type:ciba",
            "urn:okta:params:oauth:grant-type:webauthn",
        ]);

    public static FrozenSet<string> AppTypes { get; } =
        FrozenSet.Create(
            StringComparer.Ordinal, Model.AppTypes.Native, Model.AppTypes.Spa, Model.AppTypes.RegularWeb,
            Model.AppTypes.NonInteractive, "resource_server", "express_configuration", "sso_integration", "rms",
            "box", "cloudbees", "concur", "dropbox", "mscrm", "echosign", "egnyte", "newrelic", "office365",
            "salesforce", "sentry", "sharepoint", "slack", "springcm", "zendesk", "zoom", "oag");

    /// <summary>OAuth 2.0 Multiple Response Type Encoding Practices §5; the words of one in this order.</summary>
    public static IReadOnlyList<string> ResponseTypes { get; } =
        ["code", "token", "id_token", "id_token token", "code id_token", "code token", "code id_token token"];

    public static FrozenSet<string> SecurityModes { get; } =
        FrozenSet.Create(StringComparer.Ordinal, ThirdPartySecurityModes.Permissive, ThirdPartySecurityModes.Strict);

    public static FrozenSet<string> RedirectionPolicies { get; } =
        FrozenSet.Create(
            StringComparer.Ordinal, Model.RedirectionPolicies.AllowAlways,
            Model.RedirectionPolicies.OpenRedirectProtection);

    public static FrozenSet<string> AuthMethods { get; } =
        TokenEndpointAuthMethods.All.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>
    /// The grant types that a client with this response type must have (RFC 7591 §2.1): a hybrid type needs two.
    /// </summary>
    public static IEnumerable<string> GrantTypesOf(string responseType)
    {
        var words = responseType.Split(' ');
        if (words.Contains(Constants.ResponseTypes.Code, StringComparer.Ordinal))
            yield return Constants.GrantTypes.AuthorizationCode;
        if (words.Any(word => word is Constants.ResponseTypes.Token or Constants.ResponseTypes.IdToken))
            yield return Constants.GrantTypes.Implicit;
    }

    /// <summary>A response type with its words in the order of the list.</summary>
    public static string InOrder(string responseType) =>
        ResponseTypes.FirstOrDefault(known =>
            known.Split(' ').ToHashSet(StringComparer.Ordinal).SetEquals(responseType.Split(' '))) ?? responseType;
}
