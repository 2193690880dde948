using AuthServer.Core.Model;

namespace AuthServer.Core.Logs;

/// <summary>A kind of event.</summary>
/// <param name="Code">Auth0's.</param>
/// <param name="Meaning">In Auth0's words; the description of an event that has no better one.</param>
/// <param name="IsChange">The event records a change in the store: a client receives a response only when the event is
/// stored too.</param>
public sealed record LogEventType(string Code, string Meaning, bool IsChange = false)
{
    /// <summary>
    /// Something was refused, and nothing changed. Anyone can cause any number of these: what of them is recorded is
    /// limited (docs/security.md#what-anyone-can-cause).
    /// </summary>
    public bool IsRefusal { get; init; }

    /// <summary>How much of a caller's text an event of this kind has.</summary>
    public int MaxTextBytes => IsRefusal ? LogEvent.MaxRefusalTextBytes : LogEvent.MaxTextBytes;
}

/// <summary>The kinds that there are here: Auth0's codes, each with the meaning that Auth0 gives it.</summary>
public static class LogEventTypes
{
    private static readonly HashSet<string> Refusals = new(StringComparer.Ordinal);

    public static LogEventType Login { get; } = new("s", "Success Login", IsChange: true);
    public static LogEventType FailedLogin { get; } = Refusal("f", "Failed Login");
    public static LogEventType WrongPassword { get; } = Refusal("fp", "Failed Login (Incorrect Password)");
    public static LogEventType UnknownUser { get; } = Refusal("fu", "Failed Login (Invalid Email/Username)");

    /// <summary>Too many failed logins to one account, or to one from one address.</summary>
    public static LogEventType BlockedAccount { get; } = Refusal("limit_wc", "Blocked Account");

    /// <summary>Too many failed logins from one address, for any accounts.</summary>
    public static LogEventType BlockedAddress { get; } = Refusal("limit_mu", "Blocked IP Address");

    /// <summary>The owner of a blocked account is notified by email. Auth0's code is that of the block.</summary>
    public static LogEventType BlockNotice { get; } =
        new(BlockedAccount.Code, "Blocked Account: the owner was told by email", IsChange: true);

    public static LogEventType Logout { get; } = new("slo", "Success Logout", IsChange: true);
    public static LogEventType FailedLogout { get; } = Refusal("flo", "User Logout Failed");

    public static LogEventType Signup { get; } = new("ss", "Success Signup", IsChange: true);
    public static LogEventType FailedSignup { get; } = Refusal("fs", "Failed Signup");

    public static LogEventType PasswordChange { get; } = new("scp", "Success Change Password", IsChange: true);
    public static LogEventType FailedPasswordChange { get; } = Refusal("fcp", "Failed Change Password");
    public static LogEventType PasswordChangeRequest { get; } =
        new("scpr", "Success Change Password Request", IsChange: true);
    public static LogEventType FailedPasswordChangeRequest { get; } = Refusal("fcpr", "Failed Change Password Request");

    public static LogEventType Verification { get; } = new("sv", "Success Verification Email", IsChange: true);
    public static LogEventType FailedVerification { get; } = Refusal("fv", "Failed Verification Email");
    public static LogEventType VerificationRequest { get; } =
        new("svr", "Success Verification Email Request", IsChange: true);
    public static LogEventType FailedVerificationRequest { get; } = Refusal("fvr", "Failed Verification Email Request");

    public static LogEventType CodeExchange { get; } =
        new("seacft", "Success Exchange (Authorization Code for Access Token)");
    public static LogEventType FailedCodeExchange { get; } =
        Refusal("feacft", "Failed Exchange (Authorization Code for Access Token)");
    public static LogEventType MachineExchange { get; } =
        new("seccft", "Success Exchange (Client Credentials for Access Token)");
    public static LogEventType FailedMachineExchange { get; } =
        Refusal("feccft", "Failed Exchange (Client Credentials for Access Token)");
    public static LogEventType PasswordExchange { get; } = new("sepft", "Success Exchange (Password for Access Token)");
    public static LogEventType FailedPasswordExchange { get; } =
        Refusal("fepft", "Failed Exchange (Password for Access Token)");
    public static LogEventType RefreshExchange { get; } =
        new("sertft", "Success Exchange (Refresh Token for Access Token)");
    public static LogEventType FailedRefreshExchange { get; } =
        Refusal("fertft", "Failed Exchange (Refresh Token for Access Token)");

    /// <summary>A rotated refresh token came back: its grant is revoked.</summary>
    public static LogEventType RefreshTokenReuse { get; } =
        new("ferrt", "Failed Exchange (Rotating Refresh Token): reuse detected", IsChange: true);

    /// <summary>
    /// A code came back: its grant is revoked. Auth0's code is that of every failed exchange of a code.
    /// </summary>
    public static LogEventType CodeReuse { get; } = new(
        FailedCodeExchange.Code,
        "Failed Exchange (Authorization Code for Access Token): reuse detected",
        IsChange: true);

    public static LogEventType Revocation { get; } = new("srrt", "Success Revocation (Refresh Token)", IsChange: true);

    /// <summary>
    /// A client was notified of the end of a session (OpenID Connect Back-Channel Logout 1.0), or did not respond until
    /// the server gave up.
    /// </summary>
    public static LogEventType BackchannelLogout { get; } =
        new("oidc_backchannel_logout_succeeded", "Success Back-Channel Logout");
    public static LogEventType FailedBackchannelLogout { get; } =
        new("oidc_backchannel_logout_failed", "Failed Back-Channel Logout");

    /// <summary>An email that could not be delivered.</summary>
    public static LogEventType FailedEmail { get; } = new("fn", "Failed Sending Notification");

    /// <summary>An Action failed, and with it the flow that it is bound to.</summary>
    public static LogEventType ActionFailed { get; } = new("actions_execution_failed", "Actions Execution Failed");

    public static LogEventType ApiOperation { get; } = new("sapi", "Success API Operation", IsChange: true);
    public static LogEventType FailedApiOperation { get; } = Refusal("fapi", "Failed API Operation");

    public static LogEventType Registration { get; } = ApiOperation with { Meaning = "Dynamic client registration" };
    public static LogEventType FailedRegistration { get; } =
        FailedApiOperation with
        {
            Meaning = "Failed dynamic client registration",
        };

    /// <summary>A token request with an unknown grant type. This kind has no success event.</summary>
    public static LogEventType FailedExchange { get; } = FailedApiOperation with { Meaning = "Failed Exchange" };

    /// <summary>The codes of all kinds of refusal.</summary>
    public static IReadOnlyCollection<string> RefusalCodes => Refusals;

    /// <summary>Of the token endpoint, by <c>grant_type</c>.</summary>
    public static (LogEventType Success, LogEventType Failure) ExchangesOf(string? grantType) => grantType switch
    {
        "authorization_code" => (CodeExchange, FailedCodeExchange),
        "client_credentials" => (MachineExchange, FailedMachineExchange),
        "refresh_token" => (RefreshExchange, FailedRefreshExchange),
        "password" or ClientVocabulary.PasswordRealm => (PasswordExchange, FailedPasswordExchange),
        _ => (FailedExchange, FailedExchange),
    };

    /// <summary>Of an artefact that came back after it was used, and ended its grant.</summary>
    public static LogEventType ReuseOf(string? grantType) =>
        grantType == "refresh_token" ? RefreshTokenReuse : CodeReuse;

    private static LogEventType Refusal(string code, string meaning)
    {
        Refusals.Add(code);
        return new(code, meaning) { IsRefusal = true };
    }
}
