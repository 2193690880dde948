namespace AuthServer.Web.Startup;

/// <summary>The user that the first start created, as Development's pages show it.</summary>
public sealed class FirstUser(DataDirectory data)
{
    /// <summary>The file that also holds the password.</summary>
    public string File => data.File(StoreInitializer.CredentialsFile);

    /// <summary>The address to sign in with; null when this node did not create the store.</summary>
    public string? Email => System.IO.File.Exists(File) ? BootstrapOptions.Read(File)?.AdminEmail : null;
}
