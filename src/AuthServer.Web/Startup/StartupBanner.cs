using AuthServer.Web.Tenancy;

namespace AuthServer.Web.Startup;

/// <summary>Lines that the terminal shows once the server runs.</summary>
internal static class StartupBanner
{
    public static void Print(IssuerSource issuers, DataDirectory data, BootstrapOptions? created)
    {
        var lines = new List<string> { "", "AuthServer is running:" };
        lines.AddRange(issuers.All.Select(issuer => $"  {issuer}"));
        lines.Add($"Data directory: {data.Path}");
        if (File.Exists(data.File(DevelopmentCertificate.AuthorityFile)))
            lines.Add($"Certificate authority for https: {data.File(DevelopmentCertificate.AuthorityFile)}");
        if (created is not null)
        {
            lines.Add("First run. These are shown this once, and kept in bootstrap.json of the data directory:");
            lines.Add($"  administrator            {created.AdminEmail}");
            lines.Add($"  password                 {created.AdminPassword}");
            lines.Add($"  Management API client    {created.ClientId}");
            lines.Add($"  client secret            {created.ClientSecret}");
        }

        lines.Add("");
        Console.WriteLine(string.Join(Environment.NewLine, lines));
    }
}
