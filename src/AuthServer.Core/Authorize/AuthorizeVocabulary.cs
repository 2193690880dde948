using Constants = OpenIddict.Abstractions.OpenIddictConstants;

namespace AuthServer.Core.Authorize;

/// <summary>The values that parameters of an authorization request may have.</summary>
public static class AuthorizeVocabulary
{
    /// <summary>Auth0's response mode, for a response to a script of another window.</summary>
    public const string WebMessage = "web_message";

    /// <summary>
    /// OAuth 2.0 Multiple Response Type Encoding Practices §2.1, OAuth 2.0 Form Post Response Mode, and Auth0's.
    /// </summary>
    public static IReadOnlyList<string> ResponseModes { get; } =
    [
        Constants.ResponseModes.Query,
        Constants.ResponseModes.Fragment,
        Constants.ResponseModes.FormPost,
        WebMessage,
    ];

    /// <summary>OpenID Connect Core §3.1.2.1.</summary>
    public static IReadOnlyList<string> Prompts { get; } =
    [
        Constants.PromptValues.None,
        Constants.PromptValues.Login,
        Constants.PromptValues.Consent,
        Constants.PromptValues.SelectAccount,
    ];
}
