using AuthServer.Core.Model;
using AuthServer.Storage;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace AuthServer.TestKit;

public static class StoredAuthorizations
{
    /// <summary>The authorizations of sign-ins that are not revoked.</summary>
    public static IQueryable<Authorization> SignIns(this AuthDbContext db) =>
        db.Authorizations.Where(a => a.Type == AuthorizationTypes.AdHoc && a.Status == Statuses.Valid);
}
