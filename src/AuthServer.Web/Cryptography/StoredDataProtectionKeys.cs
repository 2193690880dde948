using System.Xml.Linq;
using AuthServer.Core;
using AuthServer.Storage;
using AuthServer.Storage.Keys;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AuthServer.Web.Cryptography;

/// <summary>
/// Data Protection's keys lie in the store, for all nodes, encrypted under the data directory's key
/// (docs/security.md#keys).
/// </summary>
internal sealed class StoredDataProtectionKeys(IServiceScopeFactory scopes, ISecretBox box)
    : IConfigureOptions<KeyManagementOptions>,
        IXmlRepository
{
    public void Configure(KeyManagementOptions options)
    {
        options.XmlRepository = this;
        options.XmlEncryptor = new SecretBoxXmlEncryptor(box);
    }

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var scope = scopes.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<AuthDbContext>();
        return [.. db.DataProtectionKeys.AsNoTracking().Select(key => key.Xml).AsEnumerable().Select(XElement.Parse)];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var scope = scopes.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<AuthDbContext>();
        db.Add(new DataProtectionKey { Name = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) });
        db.SaveChanges();
    }
}

internal sealed class SecretBoxXmlEncryptor(ISecretBox box) : IXmlEncryptor
{
    internal const string Purpose = "data-protection-key";

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var plain = System.Text.Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        return new EncryptedXmlInfo(
            new XElement("sealed", Convert.ToBase64String(box.Seal(plain, Purpose))), typeof(SecretBoxXmlDecryptor));
    }
}

/// <summary>Made by Data Protection from the type's name in the stored XML.</summary>
internal sealed class SecretBoxXmlDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement)
    {
        var box = services.GetRequiredService<ISecretBox>();
        return XElement.Parse(
            System.Text.Encoding.UTF8.GetString(
                box.Open(Convert.FromBase64String(encryptedElement.Value), SecretBoxXmlEncryptor.Purpose)));
    }
}
