using System.Text.Json;
using AuthServer.Core.Issuance;
using AuthServer.Core.Model;

namespace AuthServer.Core.Actions;

/// <summary>Runs the Actions that are bound to the triggers of a flow.</summary>
public interface IActionTriggers
{
    /// <returns>The changes to the tokens, or the URL that the user goes to first; or the error.</returns>
    Task<Result<PostLoginOutcome>> PostLoginAsync(PostLogin login, CancellationToken ct);

    /// <returns>The changes to the token, or the error.</returns>
    Task<Result<TokenCustomization>> CredentialsExchangeAsync(CredentialsExchange exchange, CancellationToken ct);

    /// <summary>Before a user is stored, whose metadata it may change. A refusal is in the log.</summary>
    /// <returns>Why there is to be no such user; null when nothing is against it.</returns>
    Task<RegistrationRefusal?> PreUserRegistrationAsync(Registration registration, CancellationToken ct);

    /// <summary>After a user is stored. It runs by itself, and its outcome changes nothing.</summary>
    Task PostUserRegistrationAsync(Registration registration, CancellationToken ct);

    /// <summary>After a user has another password. It runs by itself, and its outcome changes nothing.</summary>
    Task PostChangePasswordAsync(User user, CancellationToken ct);
}

/// <summary>A user is about to get tokens.</summary>
public sealed record PostLogin
{
    public required UserTokenDescriptor Tokens { get; init; }

    public required LoginTransaction Transaction { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>The browser's session; null at the token endpoint.</summary>
    public Session? Session { get; init; }

    /// <summary>The one that is exchanged; null for other flows.</summary>
    public Token? RefreshToken { get; init; }

    /// <summary>Login to resume when the user is back from another application; null for a new one.</summary>
    public LoginContinuation? Continuation { get; init; }
}

/// <summary>The request for tokens that a login or a sign-up answers.</summary>
/// <param name="Protocol">Auth0's name of the flow.</param>
/// <param name="Parameters">Of the request.</param>
public sealed record LoginTransaction(string Protocol, RequestParameters Parameters)
{
    /// <summary>In a browser, the same from the first page to the response; null at the token endpoint.</summary>
    public Guid? Id { get; init; }
}

/// <summary>Outcome of the Actions of a login.</summary>
/// <param name="Customization">The changes to the tokens.</param>
/// <param name="RedirectUrl">The user goes there before there are any; null when not.</param>
/// <param name="Continuation">Point at which the login resumes afterwards.</param>
public sealed record PostLoginOutcome(
    TokenCustomization Customization, string? RedirectUrl = null, LoginContinuation? Continuation = null);

/// <summary>The Action that sent the user away, and what was decided up to then.</summary>
/// <param name="ActionId">Action that resumes when the user is back.</param>
/// <param name="Commands">A JSON array.</param>
public sealed record LoginContinuation(Guid ActionId, string Commands);

/// <summary>A client is about to get a token of its own.</summary>
public sealed record CredentialsExchange(ClientTokenDescriptor Token, RequestParameters Parameters, DateTimeOffset Now);

/// <summary>A user who is registered in a database connection.</summary>
/// <param name="User">The user.</param>
/// <param name="Connection">The connection.</param>
/// <param name="Client">The application; null when an administrator makes the user.</param>
public sealed record Registration(User User, Connection Connection, Client? Client)
{
    /// <summary>The JSON object that was sent; null when a page or an administrator makes the user.</summary>
    public JsonElement? Body { get; init; }

    /// <summary>The request that the sign-up page is part of; null for any other sign-up.</summary>
    public LoginTransaction? Transaction { get; init; }

    /// <summary>The organization that the sign-up page is for; null without one.</summary>
    public Organization? Organization { get; init; }
}

/// <summary>Why a user is not registered.</summary>
/// <param name="Reason">For APIs.</param>
/// <param name="UserMessage">For the user; null without one.</param>
public sealed record RegistrationRefusal(string Reason, string? UserMessage)
{
    /// <summary>Auth0's code of the error.</summary>
    public const string Code = "extensibility_error";
}
