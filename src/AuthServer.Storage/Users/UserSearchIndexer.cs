using AuthServer.Core.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace AuthServer.Storage.Users;

/// <summary>Writes the search index of users in the transaction that writes the users.</summary>
internal sealed class UserSearchIndexer : SaveChangesInterceptor
{
    /// <summary>The members that are indexed, and the first part of the names of their fields.</summary>
    private static readonly Dictionary<string, string> Indexed = new(StringComparer.Ordinal)
    {
        [nameof(User.NormalizedEmail)] = "email",
        [nameof(User.Username)] = "username",
        [nameof(User.PhoneNumber)] = "phone_number",
        [nameof(User.Name)] = "name",
        [nameof(User.GivenName)] = "given_name",
        [nameof(User.FamilyName)] = "family_name",
        [nameof(User.Nickname)] = "nickname",
        [nameof(User.UserMetadata)] = "user_metadata",
        [nameof(User.AppMetadata)] = "app_metadata",
    };

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        if (eventData.Context is AuthDbContext db && Changed(db).Count > 0)
            throw new NotSupportedException("Users are saved asynchronously: their index may wait for a lock.");
        return result;
    }

    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is not AuthDbContext db || Changed(db) is not { Count: > 0 } users)
            return result;
        var stored = await StoredTermsAsync(users, db, cancellationToken);
        foreach (var user in users)
            Write(db, user, [.. stored[user.Entity.UserId]]);
        return result;
    }

    private static List<EntityEntry<User>> Changed(AuthDbContext db) =>
    [
        .. db.ChangeTracker.Entries<User>()
            .Where(user => user.State == EntityState.Added || MembersOf(user).Any()),
    ];

    private static IEnumerable<string> MembersOf(EntityEntry<User> user) => user.State == EntityState.Modified
        ? user.Properties.Where(property => property.IsModified).Select(property => property.Metadata.Name)
            .Where(Indexed.ContainsKey)
        : [];

    /// <summary>
    /// Another transaction that changes the same user is waited for, so that no term is read that it removes.
    /// </summary>
    private static async Task<ILookup<string, UserSearchTerm>> StoredTermsAsync(
        List<EntityEntry<User>> users, AuthDbContext db, CancellationToken ct)
    {
        string[] ids = [.. users.Where(user => user.State == EntityState.Modified).Select(user => user.Entity.UserId)];
        if (ids.Length > 0)
            await db.LockUsersAsync(ids, ct);
        List<UserSearchTerm> terms = ids.Length > 0
            ? await db.UserSearchTerms.AsTracking().Where(term => ids.Contains(term.UserId)).ToListAsync(ct)
            : [];
        return terms.ToLookup(term => term.UserId, StringComparer.Ordinal);
    }

    /// <summary>
    /// Only writes the fields of members that are changed here: of another member the user may have an old value, which
    /// another transaction has replaced since it was read.
    /// </summary>
    private static void Write(AuthDbContext db, EntityEntry<User> user, List<UserSearchTerm> stored)
    {
        var isNew = !stored.Exists(term => term.Field == UserSearchTerms.Id);
        var roots = MembersOf(user).Select(member => Indexed[member]).ToHashSet(StringComparer.Ordinal);
        var wanted = UserSearchTerms.Of(user.Entity).Where(IsWritten).ToDictionary(Key);
        var kept = stored.Select(Key).Where(wanted.ContainsKey).ToHashSet();
        db.RemoveRange(stored.Where(term => IsWritten(term) && !kept.Contains(Key(term))));
        db.AddRange(wanted.Where(term => !kept.Contains(term.Key)).Select(term => term.Value));

        bool IsWritten(UserSearchTerm term) => isNew || roots.Contains(term.Field.Split('.')[0]);
    }

    private static (string Field, string? Value, double? Number) Key(UserSearchTerm term) =>
        (term.Field, term.Value, term.Number);
}
