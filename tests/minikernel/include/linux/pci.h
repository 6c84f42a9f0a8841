/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_PCI_H
#define _LINUX_PCI_H

#include <linux/device.h>
#include <linux/module.h>

struct pci_dev {
	struct device dev;
	unsigned int irq;
};

struct pci_device_id {
	u32 vendor, device;
};

typedef unsigned int pci_ers_result_t;
typedef unsigned int pci_channel_state_t;
#define PCI_ERS_RESULT_CAN_RECOVER 2
#define PCI_ERS_RESULT_RECOVERED 5

struct pci_error_handlers {
	pci_ers_result_t (*error_detected)(struct pci_dev *pdev, pci_channel_state_t error);
	void (*reset_prepare)(struct pci_dev *pdev);
	void (*reset_done)(struct pci_dev *pdev);
	void (*resume)(struct pci_dev *pdev);
};

struct pci_driver {
	const char *name;
	const struct pci_device_id *id_table;
	int (*probe)(struct pci_dev *pdev, const struct pci_device_id *id);
	void (*remove)(struct pci_dev *pdev);
	const struct pci_error_handlers *err_handler;
	struct device_driver driver;
};

int __pci_register_driver(struct pci_driver *drv, struct module *owner, const char *name);
void pci_unregister_driver(struct pci_driver *drv);

#define pci_register_driver(driver) __pci_register_driver(driver, THIS_MODULE, "fixture")
#define module_pci_driver(driver) \
	module_driver(driver, pci_register_driver, pci_unregister_driver)

static inline void *pci_get_drvdata(struct pci_dev *pdev)
{
	return dev_get_drvdata(&pdev->dev);
}

static inline void pci_set_drvdata(struct pci_dev *pdev, void *data)
{
	dev_set_drvdata(&pdev->dev, data);
}

#endif
