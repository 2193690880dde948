using AuthServer.Core.Model;

namespace AuthServer.Core.Users;

/// <summary>Outcome of moving an identity.</summary>
public enum IdentityMove
{
    Done,

    /// <summary>It is this user's already.</summary>
    AlreadyTheirs,

    /// <summary>The identity belongs to another user, and is not moved.</summary>
    OfAnotherUser,

    /// <summary>There is no such identity, or no such user.</summary>
    Missing,

    /// <summary>The user's first identity, whose id is the user's own.</summary>
    First,
}

/// <summary>One login by an identity provider: when, from where, and what becomes of the description.</summary>
/// <param name="At">The moment.</param>
/// <param name="Ip">The browser's.</param>
/// <param name="Describe">Takes the provider's description over into the user; not called for an identity that is not
/// the user's first.</param>
public sealed record ProviderLogin(DateTimeOffset At, string? Ip, Action<User>? Describe);

/// <summary>The identities of users: who signs in by which, and how they move from one user to another.</summary>
public interface IIdentityStore
{
    /// <summary>
    /// The user to whom an identity belongs; made of <paramref name="candidate"/> at its first login. Of several
    /// callers at once, one makes them.
    /// </summary>
    /// <returns>The user, who may be blocked: nothing was noted then.</returns>
    Task<User> SignInAsync(UserIdentity identity, User candidate, ProviderLogin login, CancellationToken ct);

    /// <summary>Identities that a user signs in with.</summary>
    Task<IReadOnlyList<UserIdentity>> OfAsync(string userId, CancellationToken ct);

    /// <summary>Adds another identity to a user; the identity must not belong to a user yet.</summary>
    Task<IdentityMove> AddAsync(string userId, UserIdentity identity, CancellationToken ct);

    /// <summary>
    /// Moves every identity of one user to another; the first user is gone then, with sessions and tokens.
    /// </summary>
    /// <param name="userId">The user who gets the identities.</param>
    /// <param name="goingId">The user who is gone then.</param>
    /// <param name="profileData">Description that the first identity of that user keeps.</param>
    /// <param name="check">Refuses the move by an exception; runs in its transaction.</param>
    /// <param name="now">The moment.</param>
    /// <param name="ct">Ends the work.</param>
    Task<IdentityMove> MergeAsync(
        string userId,
        string goingId,
        string profileData,
        Func<Task> check,
        DateTimeOffset now,
        CancellationToken ct);

    /// <summary>
    /// Makes an identity its own user again, and ends the sessions that came by it with their tokens.
    /// </summary>
    /// <param name="userId">The user who has the identity.</param>
    /// <param name="provider">The identity's strategy.</param>
    /// <param name="providerUserId">The identity's id there.</param>
    /// <param name="own">Makes the identity's own user.</param>
    /// <param name="check">Refuses the move by an exception; runs in its transaction. Null: nothing to check.</param>
    /// <param name="now">The moment.</param>
    /// <param name="ct">Ends the work.</param>
    Task<IdentityMove> SplitAsync(
        string userId,
        string provider,
        string providerUserId,
        Func<UserIdentity, User> own,
        Func<Task>? check,
        DateTimeOffset now,
        CancellationToken ct);
}
