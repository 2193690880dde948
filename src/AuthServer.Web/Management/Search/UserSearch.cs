using System.Linq.Expressions;
using AuthServer.Core.Model;
using AuthServer.Storage;
using AuthServer.Storage.Users;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Search;

/// <summary>The fields by which users are searched and sorted. No hash is among them.</summary>
internal static class UserSearch
{
    private static readonly Dictionary<string, Expression<Func<User, object?>>> Sorts = new(StringComparer.Ordinal)
    {
        ["created_at"] = u => u.CreatedAt,
        ["updated_at"] = u => u.UpdatedAt,
        ["last_login"] = u => u.LastLogin,
        ["logins_count"] = u => u.LoginsCount,
        ["email"] = u => u.NormalizedEmail,
        ["name"] = u => u.Name,
        ["nickname"] = u => u.Nickname,
        ["username"] = u => u.Username,
        ["user_id"] = u => u.UserId,
    };

    public static SearchTable<User> Table { get; } = new()
    {
        Fields = new Dictionary<string, SearchField<User>>(StringComparer.Ordinal)
        {
            ["email_verified"] = SearchFields.Flag<User>(u => u.EmailVerified),
            ["phone_verified"] = SearchFields.Flag<User>(u => u.PhoneVerified),
            ["blocked"] = SearchFields.Flag<User>(u => u.Blocked),
            ["logins_count"] = SearchFields.Number<User>(u => u.LoginsCount),
            ["created_at"] = SearchFields.Date<User>(u => u.CreatedAt),
            ["updated_at"] = SearchFields.Date<User>(u => u.UpdatedAt),
            ["last_login"] = SearchFields.Date<User>(u => u.LastLogin),
            ["last_ip"] = SearchFields.Text<User>(u => u.LastIp),
            ["identities.connection"] = Identity(i => i.Connection),
            ["identities.provider"] = Identity(i => i.Provider),
            ["identities.user_id"] = Identity(i => i.ProviderUserId),
            ["identities.isSocial"] = (term, db) =>
                WithIdentity(db, SearchFields.Flag<UserIdentity>(i => i.IsSocial)(term, db)),
            ["organization_id"] = (term, db) =>
                WithMembership(db, SearchFields.Text<OrganizationMember>(m => m.OrganizationId)(term, db)),
        },
        Default = InProfile,
        Custom = field => IsOfProfile(field) ? OfProfile : MetadataSearch.Find(field),
    };

    /// <param name="users">The users.</param>
    /// <param name="sort"><c>field:1</c> or <c>field:-1</c>; null for the oldest first.</param>
    public static IOrderedQueryable<User> Sort(IQueryable<User> users, string? sort)
    {
        if ((sort ?? "created_at:1").Split(':') is not [var field, "1" or "-1"] parts
            || !Sorts.TryGetValue(field, out var key))
            throw Query.Bad($"sort must be field:1 or field:-1, of {string.Join(", ", Sorts.Keys)}");
        return (parts[1] == "1" ? users.OrderBy(key) : users.OrderByDescending(key)).ThenBy(u => u.UserId);
    }

    /// <summary>The users who have such a value in the index.</summary>
    public static Expression<Func<User, bool>> Indexed(AuthDbContext db, Expression<Func<UserSearchTerm, bool>> which)
    {
        var ids = db.UserSearchTerms.Where(which).Select(term => term.UserId);
        return user => ids.Contains(user.UserId);
    }

    private static bool IsOfProfile(string field) =>
        UserSearchTerms.AnyCaseFields.Contains(field, StringComparer.Ordinal)
        || UserSearchTerms.ExactCaseFields.Contains(field, StringComparer.Ordinal);

    private static Expression<Func<User, bool>> OfProfile(SearchTerm term, AuthDbContext db)
    {
        var field = term.Field!;
        var sought = UserSearchTerms.AnyCaseFields.Contains(field, StringComparer.Ordinal) ? Folded(term) : term;
        return Indexed(db, Predicates.And(t => t.Field == field, HasValue(sought, db)));
    }

    /// <summary>A term without a field: a field of the profile must fit.</summary>
    private static Expression<Func<User, bool>> InProfile(SearchTerm term, AuthDbContext db) => Predicates.Or(
        Indexed(db, Predicates.And(t => UserSearchTerms.AnyCaseFields.Contains(t.Field), HasValue(Folded(term), db))),
        Indexed(db, Predicates.And(t => UserSearchTerms.ExactCaseFields.Contains(t.Field), HasValue(term, db))));

    private static Expression<Func<UserSearchTerm, bool>> HasValue(SearchTerm term, AuthDbContext db) =>
        Predicates.On<UserSearchTerm, string?>(t => t.Value, TextCondition.Of(term, db));

    private static SearchTerm Folded(SearchTerm term) =>
        term with { Condition = term.Condition.Select(UserSearchTerms.Fold) };

    private static SearchField<User> Identity(Expression<Func<UserIdentity, string?>> column) =>
        (term, db) => WithIdentity(db, SearchFields.Text(column)(term, db));

    private static Expression<Func<User, bool>> WithIdentity(
        AuthDbContext db, Expression<Func<UserIdentity, bool>> which)
    {
        var ids = db.UserIdentities.Where(which).Select(identity => identity.UserId);
        return user => ids.Contains(user.UserId);
    }

    private static Expression<Func<User, bool>> WithMembership(
        AuthDbContext db, Expression<Func<OrganizationMember, bool>> which)
    {
        var ids = db.OrganizationMembers.Where(which).Select(member => member.UserId);
        return user => ids.Contains(user.UserId);
    }
}
