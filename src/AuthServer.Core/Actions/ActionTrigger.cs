namespace AuthServer.Core.Actions;

/// <summary>A point of a flow at which Actions run.</summary>
/// <param name="Id">Auth0's name of it.</param>
/// <param name="Version">The version of its event and its functions.</param>
/// <param name="Handler">The export that is called.</param>
public sealed record ActionTrigger(string Id, string Version, string Handler)
{
    /// <summary>All exports that are called; an Action needs the first.</summary>
    public IReadOnlyList<string> Handlers { get; init; } = [Handler];
}

/// <summary>The triggers.</summary>
public static class ActionTriggers
{
    /// <summary>
    /// Called instead of the handler of <see cref="PostLogin"/> when a user whom the Action sent away is back.
    /// </summary>
    public const string ContinueHandler = "onContinuePostLogin";

    public static ActionTrigger PostLogin { get; } = new("post-login", "v3", "onExecutePostLogin")
    {
        Handlers = ["onExecutePostLogin", ContinueHandler],
    };

    public static ActionTrigger CredentialsExchange { get; } =
        new("credentials-exchange", "v2", "onExecuteCredentialsExchange");

    public static ActionTrigger PreUserRegistration { get; } =
        new("pre-user-registration", "v2", "onExecutePreUserRegistration");

    public static ActionTrigger PostUserRegistration { get; } =
        new("post-user-registration", "v2", "onExecutePostUserRegistration");

    public static ActionTrigger PostChangePassword { get; } =
        new("post-change-password", "v2", "onExecutePostChangePassword");

    public static IReadOnlyList<ActionTrigger> All { get; } =
        [PostLogin, CredentialsExchange, PreUserRegistration, PostUserRegistration, PostChangePassword];

    /// <summary>Triggers of Auth0 that nothing fires here.</summary>
    public static IReadOnlyList<string> Unsupported { get; } =
    [
        "send-phone-message", "password-reset-post-challenge", "custom-token-exchange", "custom-phone-provider",
        "custom-email-provider", "event-stream", "password-hash-migration", "login-post-identifier",
        "signup-post-identifier", "mcp-tool",
    ];

    public static ActionTrigger? Find(string? id) => All.FirstOrDefault(trigger => trigger.Id == id);
}
