namespace AuthServer.Web.Areas.Dashboard.SignIn;

/// <summary>The names that the dashboard's authentication and authorization go by.</summary>
internal static class DashboardAuthentication
{
    /// <summary>The area of its pages.</summary>
    public const string Area = "Dashboard";

    /// <summary>The authentication scheme, and the policy of its pages.</summary>
    public const string Scheme = "Dashboard";

    /// <summary>The claim with the user's id.</summary>
    public const string UserClaim = "sub";

    /// <summary>The claim with the id of the user's session at this authorization server.</summary>
    public const string SessionClaim = "sid";
}
