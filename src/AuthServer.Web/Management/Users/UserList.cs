using System.Text.Json.Nodes;
using AuthServer.Core.Users;
using AuthServer.Storage;
using AuthServer.Web.Management.Search;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Users;

internal static class UserList
{
    public static Task<IResult> SearchAsync(
        HttpContext http,
        Paging paging,
        Fields fields,
        AuthDbContext db,
        BoundedSearch search,
        CancellationToken ct)
    {
        var users = db.Users.AsNoTracking().Include(u => u.Identities).AsQueryable();
        if (Query.Text(http, "connection") is { } connection)
            users = users.Where(u => u.Identities.Any(i => i.Connection == connection));
        if (Query.Text(http, "q") is { } q)
            users = users.Where(UserSearch.Table.Predicate(q, db));
        var sorted = UserSearch.Sort(users, Query.Text(http, "sort"));
        return search.PageAsync("users", paging, sorted, user => fields.Pick(UserModel.Wire.Write(user)), ct);
    }

    /// <summary>Exact, and always a bare array.</summary>
    public static async Task<IResult> ByEmailAsync(
        HttpContext http, Fields fields, AuthDbContext db, CancellationToken ct)
    {
        if (Query.Text(http, "email") is not { } email)
            return ManagementError.InvalidQuery("Missing required property: email");
        var normalized = LoginIdentifier.Normalize(email);
        var users = await db.Users.AsNoTracking().Include(u => u.Identities)
            .Where(u => u.NormalizedEmail == normalized).OrderBy(u => u.CreatedAt).Take(100).ToListAsync(ct);
        return Results.Json(new JsonArray([.. users.Select(user => fields.Pick(UserModel.Wire.Write(user)))]));
    }
}
