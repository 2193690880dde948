using AuthServer.Core.Federation;
using AuthServer.Core.Model;
using AuthServer.Core.Users;
using AuthServer.Web.Areas.Dashboard.Forms;

namespace AuthServer.Web.Areas.Dashboard.Pages.Connections;

/// <summary>
/// The fields of connections by their strategy: for a new one, where a provider is, too, which does not change
/// afterwards.
/// </summary>
internal static class ConnectionForms
{
    private const string ClientId = "options.client_id";

    private static readonly FormField Secret = FormField.Secret("options.client_secret");
    private static readonly FormField Mapping = FormField.Json("options.fieldsMap");

    private static readonly FormField AuthMethod = FormField.Choice(
        "options.token_endpoint_auth_method", ProviderAuthMethods.Post, ProviderAuthMethods.Basic);

    private static readonly FormSection[] NewDatabase =
    [
        new("Identity", FormField.Code("name")),
        new(
            "Signup",
            FormField.Switch("options.disable_signup"),
            FormField.Switch("options.requires_username")),
    ];

    private static readonly FormSection[] Database =
    [
        new("Signup", FormField.Switch("options.disable_signup")),
        new(
            "Usernames",
            FormField.Switch("options.requires_username"),
            FormField.Number("options.validation.username.min"),
            FormField.Number("options.validation.username.max")),
        new(
            "Passwords",
            FormField.Choice("options.passwordPolicy", ["", .. DatabaseOptions.PasswordLevels]),
            FormField.Number("options.password_complexity_options.min_length"),
            FormField.Switch("options.password_dictionary.enable"),
            FormField.Lines("options.password_dictionary.dictionary"),
            FormField.Switch("options.password_no_personal_info.enable")),
        new(
            "History",
            FormField.Switch("options.password_history.enable"),
            FormField.Number("options.password_history.size")),
        new("Reset", FormField.Switch("options.disable_self_service_change_password")),
        new("Access", FormField.Lines("realms"), FormField.Switch("is_domain_connection")),
    ];

    private static readonly FormSection[] Endpoints =
    [
        new("Home", FormField.Code("options.issuer"), FormField.Code("options.discovery_url")),
        new(
            "Endpoints",
            FormField.Code("options.authorization_endpoint"),
            FormField.Code("options.token_endpoint"),
            FormField.Code("options.jwks_uri"),
            FormField.Code("options.userinfo_endpoint")),
    ];

    private static readonly FormSection[] Addresses =
    [
        new(
            "Addresses",
            FormField.Code("options.authorizationURL"),
            FormField.Code("options.tokenURL"),
            FormField.Code("options.userInfoURL")),
        new("Mapping", Mapping),
    ];

    private static readonly FormSection Identity = new("Identity", FormField.Code("name"), DisplayName);

    private static readonly FormSection Look = new(
        "Look", DisplayName, FormField.Code("options.icon_url"), FormField.Switch("show_as_button"));

    private static readonly FormSection Profile = new(
        "Profile",
        FormField.Choice(
            "options.set_user_root_attributes",
            RootAttributes.OnEachLogin,
            RootAttributes.OnFirstLogin,
            RootAttributes.NeverOnLogin));

    private static readonly FormSection Level = new("Level", FormField.Switch("is_domain_connection"));

    /// <summary>The members of a provider that say where it is.</summary>
    public static IReadOnlyList<FormField> Homes { get; } =
        [.. Endpoints.Concat(Addresses).SelectMany(section => section.Fields).Where(field => field != Mapping)];

    private static FormField DisplayName => FormField.Text("display_name");

    public static IReadOnlyList<FormSection> NewOf(string strategy) => strategy switch
    {
        Connection.DatabaseStrategy => NewDatabase,
        ProviderPreset.Oidc => [Identity, Endpoints[0], KeysOf(strategy), Endpoints[1]],
        ProviderPreset.OAuth2 => [Identity, .. Addresses, KeysOf(strategy), RequestOf(strategy)],
        _ => [Identity, KeysOf(strategy)],
    };

    public static IReadOnlyList<FormSection> SettingsOf(string strategy) => strategy switch
    {
        Connection.DatabaseStrategy => Database,
        _ => [Look, KeysOf(strategy), RequestOf(strategy), Profile, .. MappingOf(strategy), Level],
    };

    private static FormSection KeysOf(string strategy) => strategy switch
    {
        ProviderPreset.Apple => new(
            "Keys",
            FormField.Code(ClientId),
            FormField.Code("options.team_id"),
            FormField.Code("options.kid"),
            FormField.PrivateKey("options.app_secret")),
        ProviderPreset.Oidc or ProviderPreset.OAuth2 => new("Keys", FormField.Code(ClientId), Secret, AuthMethod),
        _ => new("Keys", FormField.Code(ClientId), Secret),
    };

    private static FormSection RequestOf(string strategy) => strategy switch
    {
        ProviderPreset.Oidc => new(
            "Request",
            FormField.Code("options.scope"),
            FormField.Choices("options.id_token_signed_response_algs", [.. Algorithms.Accepted])),
        ProviderPreset.OAuth2 => new(
            "Request", FormField.Code("options.scope"), FormField.Switch("options.pkce_enabled")),
        _ => new("Request", FormField.Code("options.scope")),
    };

    private static FormSection[] MappingOf(string strategy) => strategy switch
    {
        ProviderPreset.Oidc => [new("Mapping", FormField.Json("options.attribute_map"))],
        ProviderPreset.OAuth2 => [new("Mapping", Mapping)],
        _ => [],
    };
}
