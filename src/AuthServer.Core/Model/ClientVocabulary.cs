using System.Collections.Frozen;

namespace AuthServer.Core.Model;

/// <summary>The values that members of a client may have.</summary>
public static class ClientVocabulary
{
    /// <summary>
    /// Auth0's grant types. Those that this server does not serve yet are stored for the day when it does.
    /// </summary>
    public static FrozenSet<string> GrantTypes { get; } = FrozenSet.Create(
        StringComparer.Ordinal,
        "authorization_code",
        "refresh_token",
        "client_credentials",
        "implicit",
        "password",
        "http://auth0.com/oauth/grant-type/password-realm",
        "http://auth0.com/oauth/grant-type/mfa-oob",
        "http://auth0.com/oauth/grant-type/mfa-otp",
        "http://auth0.com/oauth/grant-type/mfa-recovery-code",
        "http://auth0.com/oauth/grant-type/passwordless/otp",
        "urn:ietf:params:oauth:grant-type:device_code",
        "urn:ietf:params:oauth:grant-type:token-exchange",
        "urn:ietf:params:oauth:grant-type:jwt-bearer",
        "urn:auth0:params:oauth:grant-type:token-exchange:federated-connection-access-token",
        "urn:openid:params:grant-type:ciba",
        "urn:okta:params:oauth:grant-type:webauthn");

    public static FrozenSet<string> AppTypes { get; } =
        FrozenSet.Create(
            StringComparer.Ordinal, Model.AppTypes.Native, Model.AppTypes.Spa, Model.AppTypes.RegularWeb,
            Model.AppTypes.NonInteractive, "resource_server", "express_configuration", "sso_integration", "rms",
            "box", "cloudbees", "concur", "dropbox", "mscrm", "echosign", "egnyte", "newrelic", "office365",
            "salesforce", "sentry", "sharepoint", "slack", "springcm", "zendesk", "zoom", "oag");

    /// <summary>OAuth 2.0 Multiple Response Type Encoding Practices §5; the words of one in this order.</summary>
    public static FrozenSet<string> ResponseTypes { get; } =
        FrozenSet.Create(
            StringComparer.Ordinal, "code", "token", "id_token", "id_token token", "code id_token", "code token",
            "code id_token token");

    public static FrozenSet<string> SecurityModes { get; } =
        FrozenSet.Create(StringComparer.Ordinal, ThirdPartySecurityModes.Permissive, ThirdPartySecurityModes.Strict);

    public static FrozenSet<string> RedirectionPolicies { get; } =
        FrozenSet.Create(
            StringComparer.Ordinal, Model.RedirectionPolicies.AllowAlways,
            Model.RedirectionPolicies.OpenRedirectProtection);

    public static FrozenSet<string> AuthMethods { get; } =
        TokenEndpointAuthMethods.All.ToFrozenSet(StringComparer.Ordinal);
}
