using AuthServer.Core.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace AuthServer.Storage.Users;

/// <summary>Writes the search index of users in the transaction that writes the users.</summary>
internal sealed class UserSearchIndexer : SaveChangesInterceptor
{
    private static readonly HashSet<string> Indexed = new(StringComparer.Ordinal)
    {
        nameof(User.NormalizedEmail), nameof(User.Username), nameof(User.PhoneNumber), nameof(User.Name),
        nameof(User.GivenName), nameof(User.FamilyName), nameof(User.Nickname), nameof(User.UserMetadata),
        nameof(User.AppMetadata),
    };

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        if (eventData.Context is not AuthDbContext db || Changed(db) is not { Count: > 0 } users)
            return result;
        Write(db, users, StoredTermsOf(users, db)?.ToList() ?? []);
        return result;
    }

    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is not AuthDbContext db || Changed(db) is not { Count: > 0 } users)
            return result;
        Write(db, users, StoredTermsOf(users, db) is { } terms ? await terms.ToListAsync(cancellationToken) : []);
        return result;
    }

    private static List<EntityEntry<User>> Changed(AuthDbContext db) =>
    [
        .. db.ChangeTracker.Entries<User>().Where(user => user.State == EntityState.Added
            || (user.State == EntityState.Modified
                && user.Properties.Any(property => property.IsModified && Indexed.Contains(property.Metadata.Name)))),
    ];

    /// <returns>Null when each of the users is new.</returns>
    private static IQueryable<UserSearchTerm>? StoredTermsOf(List<EntityEntry<User>> users, AuthDbContext db)
    {
        var ids = users.Where(user => user.State == EntityState.Modified).Select(user => user.Entity.UserId).ToList();
        return ids.Count == 0 ? null : db.UserSearchTerms.AsTracking().Where(term => ids.Contains(term.UserId));
    }

    private static void Write(AuthDbContext db, List<EntityEntry<User>> users, List<UserSearchTerm> stored)
    {
        var wanted = users.SelectMany(user => UserSearchTerms.Of(user.Entity)).ToDictionary(Key);
        var kept = stored.Where(term => wanted.ContainsKey(Key(term))).Select(Key).ToHashSet();
        db.RemoveRange(stored.Where(term => !kept.Contains(Key(term))));
        db.AddRange(wanted.Where(term => !kept.Contains(term.Key)).Select(term => term.Value));
    }

    private static (string UserId, string Field, string? Value, double? Number) Key(UserSearchTerm term) =>
        (term.UserId, term.Field, term.Value, term.Number);
}
